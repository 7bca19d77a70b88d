"""A worker killed with `kill -9` in the middle of every kind of job there is: done, once, and none lost."""

import json
import shutil
from pathlib import Path
from typing import Any

from huiqi.foundation.outbox.queries import kinds
from tests.faults.errands import ERRANDS, started
from tests.support.clamd import private_clamd
from tests.support.databases import own_database


def test_every_kind_of_job_has_an_errand() -> None:
    assert {kind for kind, _ in ERRANDS} == set(kinds())


def test_what_killed_workers_leave_is_done_once_as_if_nothing_had_befallen(db: None, tmp_path: Path) -> None:
    with private_clamd() as clamd:
        quiet, unlucky = _sites(tmp_path, clamd.unix)
        _done(quiet, "walk")
        before = _standing(unlucky)
        left = [_left_when_killed(unlucky, number) for number in range(len(ERRANDS))][1:]
        left.append(int(_done(unlucky, "finish", str(len(ERRANDS) - 1))))
        undisturbed, mended = _standing(quiet), _standing(unlucky)
    assert all(count >= 1 for count in left), left
    assert undisturbed != before
    assert undisturbed["unsettled"] == []
    assert mended == undisturbed


Site = tuple[Path, str, str]


def _sites(place: Path, clamd: str) -> tuple[Site, Site]:
    """Two sites with the same work to do."""
    first, second = place / "undisturbed", place / "unlucky"
    first.mkdir()
    quiet = first, own_database(first, "undisturbed"), clamd
    _done(quiet, "make")
    shutil.copytree(first, second)
    url = own_database(second, "unlucky", like="undisturbed") if quiet[1] else ""
    return quiet, (second, url, clamd)


def _left_when_killed(site: Site, number: int) -> int:
    """Kill a worker in the middle of an errand; returns how many jobs the one before had left."""
    with started(*site, "stuck", str(number)) as worker:
        assert worker.stdout is not None
        left = int(worker.stdout.readline()) if number else 0
        assert worker.stdout.readline() == "in the middle\n", ERRANDS[number]
        worker.kill()
    return left


def _standing(site: Site) -> dict[str, Any]:
    return json.loads(_done(site, "tell"))


def _done(site: Site, *words: str) -> str:
    with started(*site, *words) as process:
        told = process.communicate()[0]
    assert process.returncode == 0
    return told
