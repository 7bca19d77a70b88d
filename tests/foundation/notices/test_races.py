"""Two at once: one notice, one withdrawal, and no message that slips between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from huiqi.foundation.notices.actions import WithdrawnError, mark_read, withdraw
from huiqi.foundation.notices.models import Letter, Notice
from tests.foundation.notices.trial import NOW, OFFICER, states, told, work
from tests.support.people import someone

TOGETHER = 6


@pytest.fixture
def person(transactional_db):
    return someone("owner").person


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each comes to, an error included; all begin together. SQLite lets no two transactions write at
    once, and the one in memory has no turns to line up for: there they follow each other.
    """
    is_together = connection.vendor == "postgresql"
    ready = Barrier(len(works) if is_together else 1)

    def begin(work: Callable[[], object]) -> object:
        ready.wait()
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - what it is, the test asks
            return error
        finally:
            if is_together:
                connections.close_all()

    if not is_together:
        return [begin(work) for work in works]
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


def test_one_key_said_by_many_at_once_is_one_notice(person, posts) -> None:
    found = at_once(*[lambda: told("trial.urgent", "k", person)] * TOGETHER)
    assert found == [str(Notice.objects.get().pk)] * TOGETHER
    work(NOW)
    assert (Letter.objects.count(), len(posts["sms"].sent)) == (1, 1)


def test_of_many_who_withdraw_at_once_one_does(person, posts) -> None:
    notice = told("trial.urgent", "k", person)
    work(NOW)
    found = at_once(*[lambda: withdraw(notice, "写错了", NOW, OFFICER)] * TOGETHER)
    assert found.count(1) == 1
    assert sum(isinstance(each, WithdrawnError) for each in found) == TOGETHER - 1
    work(NOW)
    assert len(posts["sms"].sent) == 2


def test_what_is_withdrawn_while_it_is_sent_is_apologized_for_or_never_left(person, posts) -> None:
    for number in range(8):
        posts["sms"].sent.clear()
        notice = told("trial.urgent", f"k{number}", person)
        at_once(lambda: work(NOW), lambda found=notice: withdraw(found, "写错了", NOW, OFFICER))
        work(NOW)
        assert len(posts["sms"].sent) in (0, 2), states()


def test_many_who_work_at_once_send_each_message_once(person, posts) -> None:
    people = [person, *(someone("owner").person for _ in range(9))]
    told("trial.urgent", "k", *people)
    at_once(*[lambda: work(NOW)] * 3)
    work(NOW)
    assert sorted(posts["sms"].told) == sorted(each.phone.reveal() for each in people)


def test_reading_twice_at_once_is_reading_once(person) -> None:
    told("trial.urgent", "k", person)
    reader = type(OFFICER)(str(person.pk), "演*", role="owner")
    found = at_once(*[lambda: mark_read(None, NOW, reader)] * TOGETHER)
    assert sorted(found) == [0] * (TOGETHER - 1) + [1]
