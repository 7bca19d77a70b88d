"""Who gets a message: whom a rung reaches, who gets a case, and the party that was answered."""

from datetime import timedelta

import pytest

from huiqi.foundation.cases.actions import Destination, advance, escalate_due, hand_over, transfer
from huiqi.foundation.notices.models import Letter
from tests.foundation.cases.places import VISITOR, Office, act, days, member_id, opened
from tests.support.people import Someone, someone

pytestmark = pytest.mark.django_db


def letters(who: Someone) -> list[str]:
    rows = Letter.objects.filter(person_id=who.person.pk).order_by("pk")
    return [row.notice.title for row in rows]


def test_each_rung_reaches_one_more_and_each_of_them_once() -> None:
    office = Office()
    head, boss = someone("department_head", office.above), someone("officer", office.above)
    case = opened()
    advance(case.number, 1, "take", "", act(office.one))
    for _ in range(2):
        escalate_due(act(VISITOR, days(10)))
    assert letters(office.one) == [f"催办：{case.number}"]  # the reminder, on the day before
    escalate_due(act(VISITOR, days(40)))
    assert len(letters(office.one)) == 2  # an office without a head: everybody who handles cases
    assert len(letters(office.two)) == 1
    assert letters(head) == [f"催办：{case.number}"]
    assert letters(boss) == []


def test_who_gets_a_case_is_told_and_who_gets_all_of_them_once() -> None:
    office = Office()
    numbers = [opened(f"{n}").number for n in range(3)]
    for number in numbers:
        transfer(number, 1, Destination(str(office.place.pk), member_id(office.one)), "分工", act(office.two))
    assert len(letters(office.one)) == 3
    hand_over(member_id(office.one), member_id(office.two), "调走了", act(office.one))
    assert letters(office.two) == ["移交给您 3 件"]


def test_a_party_with_an_account_is_told_of_its_answer_and_a_visitor_is_nobody_to_tell() -> None:
    office, owner = Office(), someone("owner")
    case = opened("theirs", party_id=str(owner.organisation.pk))
    advance(case.number, 1, "correct", "已改", act(office.one))
    assert letters(owner) == [f"您的办件有了答复：{case.number}"]
    advance(opened("nobodys").number, 1, "correct", "已改", act(office.one))
    assert Letter.objects.count() == 1
    reporter = someone("person")
    mine = opened("mine", days(0) + timedelta(hours=1), party_id=str(reporter.person.pk))
    advance(mine.number, 1, "correct", "已改", act(office.one))
    assert len(letters(reporter)) == 1


def test_a_large_office_is_not_told_as_a_whole() -> None:
    office = Office()
    for _ in range(15):
        someone("support", office.place)
    opened()
    escalate_due(act(VISITOR, days(10)))
    assert Letter.objects.count() == 10
