"""Which import contracts a copy of the tree breaks, one planted violation after the other.

Run as `python -m tests.architecture.contracts COPY PYPROJECT` in a process of its own, because the checker
finds the package by importing it. Reads plants as JSON from stdin, writes `{sentence: [contract, …]}`.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from importlinter.api import use_cases

SRC = "src"


@contextmanager
def planted(root: Path, files: Mapping[str, str]) -> Iterator[None]:
    """Append each text to its file below `root` (made where absent), and put everything back afterwards."""
    before = {root / place: _content(root / place) for place in files}
    new_folders = [folder for path in before for folder in reversed(path.parents) if not folder.exists()]
    try:
        for path, text in zip(before, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((before[path] or "") + "\n" + text + "\n", encoding="utf-8")
        yield
    finally:
        for path, content in before.items():
            if content is None:
                path.unlink()
            else:
                path.write_text(content, encoding="utf-8")
        for folder in new_folders:
            shutil.rmtree(folder, ignore_errors=True)


def broken_contracts(pyproject: Path) -> list[str]:
    """Names of the contracts that the package now first on `sys.path` breaks."""
    report = use_cases.create_report(use_cases.read_user_options(str(pyproject)), cache_dir=None)
    if report.invalid_contract_options:
        raise ValueError(report.invalid_contract_options)
    return [contract.name for contract, check in report.get_contracts_and_checks() if not check.kept]


def main(copy: Path, pyproject: Path) -> None:
    sys.path.insert(0, str(copy / SRC))
    use_cases._register_contract_types(use_cases.read_user_options(str(pyproject)))
    found = {}
    for sentence, files in json.load(sys.stdin).items():
        with planted(copy, files):
            found[sentence] = broken_contracts(pyproject)
    json.dump(found, sys.stdout)


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
