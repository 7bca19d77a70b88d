"""A page that only reads writes nothing."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.storage.adapters import ReadOnlyGuard, WriteWhileReadingError
from huiqi.foundation.storage.domain import is_reading
from huiqi.foundation.storage.queries import is_database_reachable, is_database_writable, takes_the_write_lock

WRITE = "UPDATE library_policyitem SET is_withdrawn = is_withdrawn"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "  (select 1) union (select 2)",
        "EXPLAIN SELECT 1",
        "WITH t AS (SELECT 1) SELECT * FROM t",
        "SELECT 'please DELETE this' AS text",
        'SELECT "update" FROM t',
        "SAVEPOINT x",
        "RELEASE SAVEPOINT x",
    ],
)
def test_reading_is_let_through(sql: str) -> None:
    assert is_reading(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO t VALUES (1)",
        "update t set a = 1",
        "DELETE FROM t",
        "REPLACE INTO t VALUES (1)",
        "DROP TABLE t",
        "TRUNCATE t",
        "BEGIN IMMEDIATE",
        "PRAGMA user_version = 3",
        "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
        "SELECT * INTO copy FROM t",
        "",
        "-- SELECT\nDELETE FROM t",
    ],
)
def test_everything_else_counts_as_writing(sql: str) -> None:
    assert not is_reading(sql)


@given(st.text())
def test_no_text_makes_the_judge_stumble(sql: str) -> None:
    assert is_reading(sql) in (True, False)


def run(method: str, sql: str) -> HttpResponse:
    def page(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(sql)
        return HttpResponse("done")

    return ReadOnlyGuard(page)(RequestFactory().generic(method, "/"))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_page_that_reads_cannot_write(method: str) -> None:
    with pytest.raises(WriteWhileReadingError, match="UPDATE library_policyitem"):
        run(method, WRITE)
    assert run(method, "SELECT 1").status_code == 200


@pytest.mark.django_db
def test_a_form_that_is_sent_may_write_and_the_guard_is_gone_afterwards() -> None:
    assert run("POST", WRITE).status_code == 200
    run("GET", "SELECT 1")
    with connection.cursor() as cursor:
        cursor.execute(WRITE)


@pytest.mark.django_db
def test_the_database_says_that_it_is_there() -> None:
    assert is_database_reachable()


def test_a_database_is_writable_while_somebody_writes_and_not_where_it_is_opened_to_read(
    tmp_path, db
) -> None:
    assert is_database_writable()
    path = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        assert takes_the_write_lock(str(path))
        other.execute("BEGIN IMMEDIATE")
        assert takes_the_write_lock(str(path))
    assert not takes_the_write_lock(f"file:{path}?mode=ro")
    assert not takes_the_write_lock(str(tmp_path / "nowhere" / "one.sqlite3"))
