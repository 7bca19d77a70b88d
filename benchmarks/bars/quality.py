"""Bars on the house itself: that a newcomer's commands work, how long they take, and that the walls hold."""

import functools
import re
import sys
import time
from dataclasses import dataclass
from http import HTTPStatus

from benchmarks.bars import Figure, bar
from benchmarks.clean_clone import clone, free_port, get, place, run, served
from benchmarks.passing import passing

HOUSE = "A1, deliver 1"
COMMANDS = "A1, deliver 2"
CI_MINUTES = 15
SECOND_START_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """One run of make in the clean clone."""

    minutes: float
    output: str
    is_passed: bool


@bar("make demo, first start on a clean clone", "serves the home page", source=COMMANDS, limit_minutes=15)
def first_start() -> Figure:
    seconds = _demo_start()
    return Figure(f"HTTP 200 after {seconds:.0f} s, downloads included", is_met=True)


@bar("make demo, second start", f"< {SECOND_START_SECONDS} s", source=COMMANDS, limit_minutes=3)
def second_start() -> Figure:
    seconds = _demo_start()
    return Figure(f"HTTP 200 after {seconds:.1f} s", is_met=seconds < SECOND_START_SECONDS)


@bar("make check on a clean clone", "passes", source=HOUSE, limit_minutes=15)
def check() -> Figure:
    return Figure(f"passed in {_passed('check').minutes:.1f} min", is_met=True)


@bar("make test on a clean clone", "passes", source=COMMANDS, limit_minutes=45)
def test() -> Figure:
    tested = _passed("test")
    said = re.findall(r"^(\d+ passed(?:, \d+ skipped)?)", tested.output, flags=re.MULTILINE)
    on_sqlite, on_postgres, by_browser = said
    text = f"{on_sqlite} on SQLite, {on_postgres} again on PostgreSQL, {by_browser} by browser"
    text += f", in {tested.minutes:.1f} min"
    return Figure(text, is_met=True)


@bar("CI: make check and make test", f"pass in < {CI_MINUTES} min", source=COMMANDS, limit_minutes=45)
def ci() -> Figure:
    runs = [_made("check"), _made("test")]
    minutes = sum(run.minutes for run in runs)
    return Figure(f"{minutes:.1f} min", is_met=minutes < CI_MINUTES and all(run.is_passed for run in runs))


@bar("pip install . outside the checkout", "home and an item page answer", source=COMMANDS, limit_minutes=10)
def wheel() -> Figure:
    folder = place() / "elsewhere"
    folder.mkdir()
    run([sys.executable, "-m", "venv", "env"], cwd=folder)
    run([str(folder / "env/bin/pip"), "install", "--quiet", str(clone())], cwd=folder)
    port = free_port()
    with served([str(folder / "env/bin/huiqi"), "demo", "--port", str(port)], cwd=folder, port=port):
        status, _ = get(port, _an_item_page(port))
    return Figure(f"home 200, an item page {status}", is_met=status == HTTPStatus.OK)


@bar("violations of the architecture seen", "all", source=HOUSE, limit_minutes=3)
def plants() -> Figure:
    seen, missed = passing("tests/architecture/test_plants.py", "see")
    return Figure(f"{seen} of {seen + missed}", is_met=seen > 0 == missed)


def _demo_start() -> float:
    port = free_port()
    with served(["make", "demo", f"PORT={port}"], cwd=clone(), port=port) as seconds:
        return seconds


def _an_item_page(port: int) -> str:
    """Address of the first item in the library, found as a visitor finds it: by links."""
    _, library = get(port, "/policies/")
    return re.findall(r'href="(/policies/[^"/?#]+/)"', library)[0]


def _passed(target: str) -> Made:
    made = _made(target)
    if not made.is_passed:
        raise RuntimeError(made.output)
    return made


@functools.cache
def _made(target: str) -> Made:
    began = time.monotonic()
    try:
        output, is_passed = run(["make", target], cwd=clone()), True
    except RuntimeError as error:
        output, is_passed = str(error), False
    return Made((time.monotonic() - began) / 60, output, is_passed)
