"""Workers in processes of their own, some of which are killed in the middle: all is done, nothing twice."""

import json
import random
import select
from collections import Counter
from pathlib import Path

import pytest

from tests.foundation.outbox.trial import KINDS, started
from tests.support.databases import own_database

COUNT, KILLS = 120, 4
NOTED = ("trial.note", "trial.line", "trial.hourly")


@pytest.fixture
def site(db: None, tmp_path: Path) -> tuple[Path, str]:
    """A database beside the one under test."""
    return tmp_path, own_database(tmp_path, "jobs")


def _done(data: Path, url: str, *words: str) -> str:
    with started(data, url, *words) as process:
        told = process.communicate()[0]
    assert process.returncode == 0
    return told


def test_a_worker_killed_in_the_middle_leaves_a_job_that_is_done_once(site: tuple[Path, str]) -> None:
    """One of each kind; what has its effect elsewhere comes again with the same key."""
    kinds = (*NOTED, "outbox.tidy", "trial.send")
    _done(*site, "each", *kinds)
    for kind in kinds:
        _killed_in_the_middle(site, kind)
    assert json.loads(_done(*site, "tell"))["noted"] == []
    _done(*site, "work", "0")
    assert json.loads(_done(*site, "tell"))["states"] == ["running"]
    _done(*site, "work", "1")
    told = json.loads(_done(*site, "tell"))
    assert told["states"] == ["done"]
    assert sorted(told["noted"]) == sorted(NOTED)
    assert told["sent"] == ["trial.send", "trial.send"]


def _killed_in_the_middle(site: tuple[Path, str], kind: str) -> None:
    with started(*site, "stuck", kind) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "in the middle\n", kind
        worker.kill()


def test_workers_killed_at_any_point_lose_nothing_and_do_nothing_twice(site: tuple[Path, str]) -> None:
    _done(*site, "fill", str(COUNT))
    dice = random.Random(11)  # noqa: S311 - a moment, not a secret
    for _ in range(KILLS):
        workers = [started(*site, "work", "0") for _ in range(2)]
        for worker in workers:
            assert worker.stdout is not None
            select.select([worker.stdout], [], [], 20)  # until it has done one, then a moment more
            select.select([], [], [], dice.random() / 20)
            worker.kill()
            worker.communicate()
    with started(*site, "work", "1") as first, started(*site, "work", "2") as second:
        first.communicate()
        second.communicate()
    told = json.loads(_done(*site, "tell"))
    expected = {kind: [f"{kind}-{n:05}" for n in range(COUNT) if KINDS[n % 3] == kind] for kind in KINDS}
    assert told["states"] == ["done"]
    assert sorted(told["noted"]) == sorted(expected["trial.note"] + expected["trial.line"])
    assert set(told["sent"]) == set(expected["trial.send"])
    assert max(Counter(told["sent"]).values()) <= 1 + 2 * KILLS
    for remainder in range(4):
        line = [key for key in told["noted"] if "line" in key and int(key[-5:]) % 4 == remainder]
        assert line == sorted(line)


def test_two_workers_share_the_work(site: tuple[Path, str]) -> None:
    _done(*site, "fill", str(COUNT))
    workers = [started(*site, "work", "1") for _ in range(2)]
    shares = [len(worker.communicate()[0].split()) for worker in workers]
    told = json.loads(_done(*site, "tell"))
    assert sum(shares) == COUNT == len(told["noted"]) + len(told["sent"])
    assert len(set(told["noted"])) + len(set(told["sent"])) == COUNT
