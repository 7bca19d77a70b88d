"""How often a visitor may do something: counted in the database, by nobody's name."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.config.urls import urlpatterns as real_patterns
from huiqi.foundation.access.queries import requires
from huiqi.foundation.storage.actions import TooOftenError, spend, spend_or_refuse
from huiqi.foundation.storage.domain import visitor_from, wait_words
from huiqi.foundation.storage.models import Spending
from huiqi.foundation.storage.queries import visitor_of

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LIMIT, TRIES = 25, 20


@pytest.mark.django_db
def test_as_many_as_the_limit_are_let_through_and_then_one_a_share() -> None:
    told = [spend("lookup", "1.2.3.4", 3, 60, NOON) for _ in range(4)]
    assert [one.is_allowed for one in told] == [True, True, True, False]
    assert told[3].wait_seconds == 20
    assert not spend("lookup", "1.2.3.4", 3, 60, NOON + timedelta(seconds=19)).is_allowed
    assert spend("lookup", "1.2.3.4", 3, 60, NOON + timedelta(seconds=20)).is_allowed
    assert not spend("lookup", "1.2.3.4", 3, 60, NOON + timedelta(seconds=20)).is_allowed


@pytest.mark.django_db
def test_a_refusal_costs_nothing_more() -> None:
    told = [spend("lookup", "x", 1, 60, NOON) for _ in range(50)]
    assert {one.wait_seconds for one in told[1:]} == {60}


@pytest.mark.django_db
def test_each_visitor_and_each_purpose_has_an_allowance_of_its_own() -> None:
    assert spend("lookup", "a", 1, 60, NOON).is_allowed
    assert spend("lookup", "b", 1, 60, NOON).is_allowed
    assert spend("search", "a", 1, 60, NOON).is_allowed
    assert not spend("lookup", "a", 1, 60, NOON).is_allowed


@pytest.mark.django_db
def test_nothing_kept_says_who_it_was() -> None:
    spend("lookup", "203.0.113.77", 5, 60, NOON)
    row = Spending.objects.values().get()
    assert row.keys() == {"key", "restored_at"}
    assert len(row["key"]) == 64
    assert "203.0.113.77" not in str(row)


@pytest.mark.django_db
def test_another_secret_makes_another_digest(settings) -> None:
    spend("lookup", "203.0.113.77", 5, 60, NOON)
    settings.SECRET_KEY = "another " * 8  # pragma: allowlist secret
    spend("lookup", "203.0.113.77", 5, 60, NOON)
    assert Spending.objects.count() == 2


@pytest.mark.django_db
def test_what_no_longer_matters_is_removed_as_it_goes() -> None:
    for number in range(30):
        spend("lookup", str(number), 5, 60, NOON)
    for number in range(2):
        spend("lookup", f"later {number}", 5, 60, NOON + timedelta(hours=1))
    assert Spending.objects.count() == 2


@pytest.mark.django_db
def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    ahead = NOON + timedelta(days=3000)
    assert spend("lookup", "a", 1, 60, ahead).is_allowed
    assert spend("lookup", "b", 1, 60, ahead).is_allowed
    assert spend("lookup", "a", 1, 60, NOON).is_allowed
    assert Spending.objects.count() == 1


@pytest.mark.parametrize(("limit", "seconds"), [(0, 60), (-1, 60), (1, 0), (1, 86_401)])
def test_a_limit_that_means_nothing_is_a_mistake(limit: int, seconds: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        spend("lookup", "a", limit, seconds, NOON)


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.integers(1, 2000),
    st.integers(1, 86_400),
    st.lists(st.integers(0, 3600), min_size=1, max_size=20),
)
def test_who_waits_as_long_as_told_is_let_through(limit: int, seconds: int, pauses: list[int]) -> None:
    Spending.objects.all().delete()
    moment = NOON
    for pause in pauses:
        moment += timedelta(seconds=pause)
        told = spend("lookup", "a", limit, seconds, moment)
        if not told.is_allowed:
            assert told.wait_seconds >= 1
            moment += timedelta(seconds=told.wait_seconds)
            assert spend("lookup", "a", limit, seconds, moment).is_allowed


SPENDER = f"""
import django; django.setup()
from datetime import datetime, UTC
from huiqi.foundation.storage.actions import spend
now = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
print(sum(spend("lookup", "same", {LIMIT}, 3600, now).is_allowed for _ in range({TRIES})))
"""


def test_several_processes_on_one_sqlite_file_let_through_exactly_the_limit(tmp_path: Path) -> None:
    known = {name: value for name, value in os.environ.items() if name != "HUIQI_DATABASE_URL"}
    inside = {**known, "HUIQI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "huiqi.config.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "storage", "-v0"], env=inside, check=True)
    running = [
        subprocess.Popen([sys.executable, "-c", SPENDER], env=inside, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert sum(int(process.communicate()[0]) for process in running) == LIMIT
    with sqlite3.connect(tmp_path / "huiqi.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM storage_spending").fetchone() == (1,)
    database.close()


def test_several_connections_at_once_let_through_exactly_the_limit(transactional_db) -> None:
    """On PostgreSQL; an in-memory SQLite has one connection, and its file is tested by processes above."""
    if connection.vendor != "postgresql":
        assert connection.is_in_memory_db()
        return
    allowed: list[bool] = []
    start = Barrier(6)

    def worker() -> None:
        start.wait()
        for number in range(TRIES):
            allowed.append(spend("lookup", "same", LIMIT, 3600, NOON).is_allowed)
            spend("lookup", str(number), 1, 1, NOON - timedelta(hours=1))  # rows that are removed meanwhile
        connections.close_all()

    threads = [Thread(target=worker) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(allowed), sum(allowed)) == (6 * TRIES, LIMIT)


@pytest.mark.parametrize(
    ("peer", "forwarded", "is_behind_proxy", "visitor"),
    [
        ("203.0.113.7", "", False, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", False, "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", True, "198.51.100.1"),
        ("10.0.0.1", "9.9.9.9, 198.51.100.1", True, "198.51.100.1"),
        ("10.0.0.1", "", True, "10.0.0.1"),
        ("203.0.113.7:4711", "", False, "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", False, "2001:db8:1:2::/64"),
        ("", "[2001:db8:1:2::9]:443", True, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", False, "203.0.113.7"),
        ("fe80::1%eth0", "", False, "fe80::/64"),
        ("", "", False, "unknown"),
        ("10.0.0.1", "<script>", True, "unknown"),
    ],
)
def test_a_visitor_is_the_last_address_nobody_but_us_could_write(
    peer: str, forwarded: str, is_behind_proxy: bool, visitor: str
) -> None:
    assert visitor_from(peer, forwarded, is_behind_proxy=is_behind_proxy) == visitor


@given(st.text(), st.text(), st.booleans())
def test_no_header_makes_the_count_stumble(peer: str, forwarded: str, is_behind_proxy: bool) -> None:
    assert visitor_from(peer, forwarded, is_behind_proxy=is_behind_proxy)


def test_the_setting_decides_whether_the_header_is_believed(settings) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert visitor_of(request) == "10.0.0.1"
    settings.HUIQI_BEHIND_PROXY = True
    assert visitor_of(request) == "198.51.100.1"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 秒"), (89, "89 秒"), (90, "2 分钟"), (121, "3 分钟"), (5400, "2 小时"), (86_400, "24 小时")],
)
def test_waiting_is_said_in_words_and_never_too_short(seconds: int, words: str) -> None:
    assert wait_words(seconds) == words


@requires("portal.see")
def impatient(request: HttpRequest) -> HttpResponse:
    raise TooOftenError(20)


urlpatterns = [*real_patterns, path("impatient/", impatient)]


def test_who_asks_too_often_is_told_how_long_to_wait_and_keeps_what_was_typed(settings, db) -> None:
    settings.ROOT_URLCONF = __name__
    page = Client().post("/impatient/", {"q": '"><b>龍', "boxes": ["a", "b"]})
    html = page.content.decode()
    assert (page.status_code, page.headers["Retry-After"]) == (429, "20")
    assert "您查得太快了" in html
    assert "请 20 秒后再试。您填的都还在" in html
    assert 'name="q" value="&quot;&gt;&lt;b&gt;龍"' in html
    assert html.count('name="boxes"') == 2
    assert html.partition("<main")[2].count("csrfmiddlewaretoken") == 1


def test_who_only_looks_too_often_gets_the_same_address_again(settings, db) -> None:
    settings.ROOT_URLCONF = __name__
    page = Client().get("/impatient/?q=a%26b")
    assert page.status_code == 429
    assert 'href="/impatient/?q=a%26b"' in page.content.decode()


@pytest.mark.django_db
def test_spending_or_refusing_refuses_beyond_the_limit() -> None:
    spend_or_refuse("lookup", "a", 1, 60, NOON)
    with pytest.raises(TooOftenError) as refused:
        spend_or_refuse("lookup", "a", 1, 60, NOON)
    assert refused.value.wait_seconds == 60
