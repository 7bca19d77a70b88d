"""A worker that is killed in the middle of telling somebody: they are told, and once."""

import json
import os
from pathlib import Path

import pytest
from django.db import connection

from tests.foundation.notices.sending import started
from tests.support.triggers import run


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> tuple[Path, str]:
    """A fresh database beside the one under test, in which somebody waits to be told."""
    url = ""
    if connection.vendor == "postgresql":
        run("DROP DATABASE IF EXISTS notices")
        run("CREATE DATABASE notices")
        url = os.environ["HUIQI_DATABASE_URL"].rpartition("/")[0] + "/notices"
    for step in ("make", "tell"):
        _done(tmp_path, url, step)
    return tmp_path, url


def _done(data: Path, url: str, *words: str) -> str:
    with started(data, url, *words) as process:
        told = process.communicate()[0]
    assert process.returncode == 0
    return told


@pytest.mark.parametrize("kind", ["notices.deliver", "notices.digest", "notices.forget"])
def test_who_is_being_told_while_the_worker_is_killed_is_told_once(site: tuple[Path, str], kind: str) -> None:
    with started(*site, "stuck", kind) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "in the middle\n"
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
