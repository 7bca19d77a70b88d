"""Where the encrypted files lie: a small port, so that a city can keep them elsewhere.

A shelf knows nothing of what it holds. Names are of our own making: hexadecimal digits and a dash.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}-[0-9a-f]{16}")
_FINDS = "[0-9a-f]" * 2


class Shelf(Protocol):
    """What keeps files: whole or not at all, on the disk before it says so."""

    def put(self, name: str, pieces: Iterable[bytes]) -> None: ...

    def open(self, name: str) -> BinaryIO:
        """FileNotFoundError where there is none."""
        ...

    def remove(self, name: str) -> None:
        """Nothing happens where there is none."""
        ...

    def names(self, before: datetime) -> Iterator[str]:
        """Of the files that were put before a moment."""
        ...


class LocalShelf:
    """A folder of its own, outside everything a web server serves; readable by its owner alone."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _beside(path) as (unfinished, file):
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            unfinished.replace(path)

    def open(self, name: str) -> BinaryIO:
        return self._path(name).open("rb")

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self, before: datetime) -> Iterator[str]:
        for path in self.root.glob(f"{_FINDS}/*"):
            with suppress(FileNotFoundError):  # somebody else was quicker
                if path.stat().st_mtime < before.timestamp():
                    if _NAME.fullmatch(path.name):
                        yield path.name
                    else:
                        path.unlink()  # what a killed process left unfinished

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a file on the shelf is named by its hash")
        return self.root / name[:2] / name


def shelf() -> Shelf:
    """The shelf of this site."""
    return LocalShelf(Path(settings.HUIQI_DATA) / "documents")


@contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield unfinished, file
    finally:
        unfinished.unlink(missing_ok=True)
