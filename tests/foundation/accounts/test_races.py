"""Of several who do the same at the same moment one wins, and the others are told."""

import os
from pathlib import Path

import pytest
from django.db import connection

from tests.foundation.accounts.racing import race
from tests.support.triggers import run

RACERS = 4


@pytest.fixture
def database_url(transactional_db) -> str:
    """A fresh database beside the one under test; empty for the SQLite file of a folder."""
    if connection.vendor != "postgresql":
        return ""
    run("DROP DATABASE IF EXISTS races")
    run("CREATE DATABASE races")
    return os.environ["HUIQI_DATABASE_URL"].rpartition("/")[0] + "/races"


@pytest.mark.parametrize("kind", ["code", "app"])
def test_a_code_sent_several_times_at_once_lets_in_one(database_url: str, tmp_path: Path, kind: str) -> None:
    told = race(tmp_path, database_url, kind, RACERS)
    assert told == ["lost"] * (RACERS - 1) + ["won"]


def test_a_number_that_comes_for_the_first_time_twice_at_once_is_one_person(
    database_url: str, tmp_path: Path
) -> None:
    told = race(tmp_path, database_url, "first", RACERS)
    assert len(set(told)) == 1
    assert told[0].startswith("won ")


def test_one_form_sent_several_times_at_once_grants_one_mandate(database_url: str, tmp_path: Path) -> None:
    told = race(tmp_path, database_url, "grant", RACERS)
    assert len(set(told)) == 1
    assert told[0].startswith("won ")


def test_a_mandate_is_revoked_once_and_the_others_are_told(database_url: str, tmp_path: Path) -> None:
    told = race(tmp_path, database_url, "revoke", RACERS)
    assert told[: RACERS - 1] == ["lost"] * (RACERS - 1)
    assert told[-1].startswith("won ")
