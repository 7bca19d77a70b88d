"""Measure every bar the project sets itself: `python -m benchmarks.evidence [--only WORDS | --again WORDS]`.

Prints `name · figure · bar · ok|short` a line and, after a whole run, writes docs/reference/evidence.md. With
`--again` some are measured again and take the place of their lines there, with the revision of that.
"""

import argparse
import datetime
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.bars import Bar, Figure, all_bars

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "reference" / "evidence.md"
WHOLE_RUN_MINUTES = 60
HEAD = """# Evidence

Written by `make evidence`; not edited by hand. One run on one machine: trust ratios more than seconds.

Measured on {day} at revision {revision} in {minutes:.0f} minutes.

| The machine | |
|---|---|
{machine}

{table}{rows}
"""
TABLE = "| Name | Figure | Bar | | Asked for by |\n|---|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured bar."""

    bar: Bar
    figure: Figure

    def __str__(self) -> str:
        verdict = "ok" if self.figure.is_met else "short"
        return f"{self.bar.name} · {self.figure.text} · {self.bar.bar} · {verdict}"


def measured(bar: Bar) -> Line:
    """Measure one bar; whatever goes wrong becomes a `short` line with its reason."""
    try:
        with _time_limit(bar.limit_minutes):
            return Line(bar, bar.measure())
    except Exception as error:  # noqa: BLE001 (one failing bar must not hide the others)
        reason = " ".join(str(error).split()) or "no reason given"
        return Line(bar, Figure(f"{type(error).__name__}: {reason[-300:]}", is_met=False))


def report(lines: Sequence[Line], minutes: float) -> str:
    """The evidence as Markdown."""
    rows = [_row(line) for line in lines]
    facts = [f"| {label} | {_cell(value)} |" for label, value in machine.description().items()]
    day = datetime.datetime.now(datetime.UTC).date()
    return HEAD.format(
        day=day,
        revision=_revision(),
        minutes=minutes,
        machine="\n".join(facts),
        table=TABLE,
        rows="\n".join(rows),
    )


def with_lines(text: str, lines: Sequence[Line], names: Iterable[str]) -> str:
    """The evidence with some lines measured again, each beside the revision of that; new ones come last, and
    what is not among ``names``, those of the bars there are, is left out.
    """
    head, _, table = text.partition(TABLE)
    rows = {_name_of(row): row for row in table.splitlines()}
    rows |= {_cell(line.bar.name): _row(line, f" (at {_revision()})") for line in lines}
    known = set(map(_cell, names))
    return head + TABLE + "".join(f"{row}\n" for name, row in rows.items() if name in known)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the bars the project sets itself.")
    parser.add_argument("--only", default="", help="only bars whose name has these words; writes no report")
    parser.add_argument("--again", default="", help="the same, and puts their lines into the report")
    chosen = parser.parse_args()
    only = chosen.only or chosen.again
    began = time.monotonic()
    lines = []
    for bar in all_bars():
        if only in bar.name:
            lines.append(measured(bar))
            print(lines[-1], flush=True)
    minutes = (time.monotonic() - began) / 60
    print(f"make evidence: {minutes:.1f} minutes (bar: {WHOLE_RUN_MINUTES})")
    if chosen.again:
        names = [bar.name for bar in all_bars()]
        REPORT.write_text(with_lines(REPORT.read_text(encoding="utf-8"), lines, names), encoding="utf-8")
    elif not only:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text(report(lines, minutes), encoding="utf-8")
        print(f"written: {REPORT.relative_to(ROOT)}")
    return 0 if all(line.figure.is_met for line in lines) else 1


@contextmanager
def _time_limit(minutes: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(f"not finished after {minutes:g} minutes")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(round(minutes * 60))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _revision() -> str:
    """The short name of HEAD; ``-dirty`` where anything but the report differs from it."""
    changed = _git("status", "--porcelain", "--", ".", f":!{REPORT.relative_to(ROOT)}")
    return _git("rev-parse", "--short", "HEAD") + ("-dirty" if changed else "")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _row(line: Line, note: str = "") -> str:
    verdict = "ok" if line.figure.is_met else "**short**"
    cells = (line.bar.name, line.figure.text + note, line.bar.bar, verdict, line.bar.source)
    return f"| {' | '.join(map(_cell, cells))} |"


def _name_of(row: str) -> str:
    """The name in a row as `_row` writes it; a bar in it is escaped."""
    return re.split(r"(?<!\\)\|", row)[1].strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main())
