"""Health: each part is broken for real, and named."""

import shutil
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record, seal_waiting
from huiqi.foundation.clock.queries import now
from huiqi.foundation.outbox.actions import enqueue
from huiqi.foundation.outbox.models import OutboxJob
from huiqi.foundation.outbox.queries import State as JobState
from huiqi.portal import domain
from huiqi.portal.domain import State
from tests.support.people import client_of, someone
from tests.support.triggers import run


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path) -> Path:
    settings.HUIQI_DATA = tmp_path
    return tmp_path / "documents"


def told(client: Client, status: int = 200) -> dict[str, dict[str, object]]:
    answer = client.get("/healthz")
    assert answer.status_code == status
    return {"whole": answer.json()["state"], **answer.json()["parts"]}


def test_a_well_site_says_so_and_nothing_a_stranger_should_not_know(client: Client, library, shelf) -> None:
    seal_waiting()
    body = client.get("/healthz").content.decode()
    assert told(client)["whole"] == "ok"
    assert all(word not in body for word in (str(shelf.parent), "sqlite", "postgres", "/", "python"))
    assert not [path for path in shelf.rglob("*") if path.is_file()]  # the probe was taken away


def test_an_empty_library_turns_the_site_away(client: Client, db) -> None:
    assert told(client, 503)["catalogue"]["state"] == "broken"


def test_a_database_that_takes_nothing_is_named(client: Client, library) -> None:
    is_postgres = connection.vendor == "postgresql"
    before = transaction.savepoint()
    run("SET TRANSACTION READ ONLY" if is_postgres else "PRAGMA query_only = ON")
    try:
        assert told(client, 503)["database"]["state"] == "broken"
    finally:
        if not is_postgres:
            run("PRAGMA query_only = OFF")
        transaction.savepoint_rollback(before)
    assert told(client)["database"]["state"] == "ok"


def test_a_folder_of_documents_that_became_a_file_is_named(client: Client, library, shelf) -> None:
    assert told(client)["storage"]["state"] == "ok"
    shutil.rmtree(shelf)
    shelf.write_text("not a folder")
    found = told(client, 503)
    assert (found["whole"], found["storage"]["state"]) == ("broken", "broken")
    assert "材料放不进去" in client_of(someone("system_admin")).get("/health/").content.decode()


def test_a_disk_with_less_room_than_is_asked_for_is_named(
    client: Client, library, settings, tmp_path
) -> None:
    free = shutil.disk_usage(tmp_path).free // 2**20
    settings.HUIQI_LEAST_FREE_MB = free // 2
    assert told(client)["disk"]["state"] == "late"
    settings.HUIQI_LEAST_FREE_MB = free * 2
    assert told(client, 503)["disk"]["state"] == "broken"


@pytest.mark.parametrize(("minutes", "state"), [(0, "ok"), (2, "late"), (11, "broken")])
def test_a_sealer_that_stands_still_is_named_and_turns_nobody_away(
    client: Client, library, minutes: int, state: str
) -> None:
    seal_waiting()
    with transaction.atomic():
        written_at = now() - timedelta(minutes=minutes)
        record(Entry(written_at, Actor("t", "某人"), "notices.mark_read", Subject("letter", "1", "一条")))
    assert told(client)["sealer"]["state"] == state
    seal_waiting()
    assert told(client)["sealer"] == {"state": "ok", "seconds_behind": 0}


def test_jobs_that_wait_too_long_and_those_that_were_not_done_are_named(client: Client, library) -> None:
    seal_waiting()
    with transaction.atomic():
        enqueue("outbox.tidy", "tidy", {}, now() - timedelta(minutes=20))
    assert told(client)["jobs"]["state"] == "broken"
    assert told(client)["jobs"]["seconds_behind"] >= 1200
    OutboxJob.objects.update(state=JobState.DEAD, ended_at=now(), last_error="没有成")
    found = told(client)
    assert (found["whole"], found["jobs"]["state"], found["jobs"]["dead"]) == ("late", "late", 1)
    html = client_of(someone("audit_admin")).get("/health/").content.decode()
    assert "huiqi jobs retry" in html


def test_a_scanner_that_is_gone_is_named_and_one_that_answers_is_well(
    client: Client, library, settings
) -> None:
    assert "scanner" not in told(client)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.HUIQI_CLAMD = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    assert told(client)["scanner"]["state"] == "broken"


@pytest.mark.parametrize("role", ["owner", "officer", "auditor", "support"])
def test_the_page_in_words_is_for_administrators_alone(role: str, db) -> None:
    assert client_of(someone(role)).get("/health/").status_code == 403


def test_whoever_asks_often_gets_the_last_look_and_costs_nothing(
    client: Client, library, settings, django_assert_num_queries
) -> None:
    settings.HUIQI_HEALTH_KEPT_SECONDS = 60
    told(client)
    with django_assert_num_queries(0, connection=connection):
        told(client)


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_what_is_later_is_never_the_better(one: float, other: float) -> None:
    order = list(State)
    states = [order.index(domain.sealer_part(each, 60).state) for each in sorted((one, other))]
    assert states == sorted(states)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_less_room_is_never_the_better(one: int, other: int) -> None:
    order = list(State)
    states = [order.index(domain.disk_part(each, 500).state) for each in sorted((one, other), reverse=True)]
    assert states == sorted(states)
