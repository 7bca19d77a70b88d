"""A worker that is killed in the middle of telling somebody: they are told, and once."""

import json
from pathlib import Path

import pytest

from tests.foundation.notices.sending import started
from tests.support.databases import own_database

KINDS = ("notices.deliver", "notices.digest", "notices.forget")


@pytest.fixture
def site(db: None, tmp_path: Path) -> tuple[Path, str]:
    """A database beside the one under test, in which somebody waits to be told."""
    url = own_database(tmp_path, "notices")
    _done(tmp_path, url, "tell")
    return tmp_path, url


def _done(data: Path, url: str, *words: str) -> str:
    with started(data, url, *words) as process:
        told = process.communicate()[0]
    assert process.returncode == 0
    return told


def test_who_is_being_told_while_the_worker_is_killed_is_told_once(site: tuple[Path, str]) -> None:
    for kind in KINDS:
        with started(*site, "stuck", kind) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "in the middle\n", kind
            worker.kill()
    _done(*site, "work", "5")
    _done(*site, "work", "10")
    shown = json.loads(_done(*site, "show"))
    assert shown["unsettled"] == []
    assert sorted(shown["sent"]) == ["mail", "sms"]
    assert sorted(shown["states"]) == [
        ["digest", "mail", "sent"],
        ["notice", "mail", "bundled"],
        ["notice", "sms", "sent"],
    ]
