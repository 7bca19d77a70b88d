"""Taking a notice back, and the daily mail."""

from datetime import datetime

import pytest
from django.db import transaction

from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.notices.actions import NoticeError, WithdrawnError, make_digests, withdraw
from huiqi.foundation.notices.models import Outgoing
from huiqi.foundation.notices.queries import letters_of, unread_count
from tests.foundation.notices.trial import (
    HOUR,
    MORNING,
    NIGHT,
    NOW,
    OFFICER,
    not_sent,
    states,
    told,
    with_mail,
    work,
)
from tests.support.people import someone


def test_who_got_it_outside_is_told_once_that_it_was_wrong(person, posts) -> None:
    with_mail(person)
    notice = told("trial.due", "k", person)
    work(NOW)
    assert withdraw(notice, "发错了人", NOW + HOUR, OFFICER) == 1
    work(NOW + HOUR)
    assert [text[:3] for *_, text, _ in posts["sms"].sent] == ["您的办", "对不起"]
    assert len(posts["mail"].sent) == 1
    (letter,) = letters_of(str(person.pk)).letters
    assert letter.withdrawal_reason == "发错了人"
    assert letter.withdrawn_at == NOW + HOUR
    (_, entry) = entries(LogFilters(subject_kind="notice", subject_id=notice))
    assert (entry.verb, entry.reason) == ("notices.withdraw", "发错了人")


def test_what_has_not_left_yet_is_not_sent_and_nobody_is_apologized_to(person, posts) -> None:
    notice = told("trial.due", "k", person, now=NIGHT)
    assert withdraw(notice, "写错了日期", NIGHT, OFFICER) == 0
    work(MORNING)
    assert (posts["sms"].sent, states()) == ([], [("notice", "sms", "cancelled")])


def test_an_apology_that_can_wait_waits_for_the_end_of_the_night(person, posts) -> None:
    notice = told("trial.due", "k", person)
    work(NOW)
    withdraw(notice, "写错了日期", NIGHT, OFFICER)
    work(NIGHT)
    assert len(posts["sms"].sent) == 1
    work(MORNING)
    assert len(posts["sms"].sent) == 2


def test_an_apology_for_what_did_not_leave_in_the_end_is_not_sent(person, posts) -> None:
    posts["sms"].failures = [not_sent()]
    notice = told("trial.due", "k", person)
    Outgoing.objects.update(state="sending")
    withdraw(notice, "写错了", NOW, OFFICER)
    Outgoing.objects.filter(purpose="notice").update(state="waiting")
    work(NOW)
    assert states() == [("notice", "sms", "cancelled"), ("apology", "sms", "cancelled")]


def test_a_notice_is_withdrawn_by_one(person) -> None:
    notice = told("trial.due", "k", person)
    withdraw(notice, "写错了", NOW, OFFICER)
    with pytest.raises(WithdrawnError, match="已经撤回过了"):
        withdraw(notice, "又来", NOW, OFFICER)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 61])
def test_a_withdrawal_says_why(person, reason: str) -> None:
    notice = told("trial.due", "k", person)
    with pytest.raises(NoticeError, match="撤回原因"):
        withdraw(notice, reason, NOW, OFFICER)


def test_what_is_held_goes_out_in_one_mail_without_what_was_withdrawn(person, posts) -> None:
    with_mail(person, "daily", is_sms_wanted=False)
    notices = [told("trial.progress", f"k{number}", person) for number in range(3)]
    work(NOW)
    assert posts["mail"].sent == []
    withdraw(notices[1], "写错了", NOW, OFFICER)
    digest(MORNING.replace(minute=30))
    ((_, title, text, _),) = posts["mail"].sent
    assert title == "您有 2 条新消息"
    assert text.count("已受理") == 2
    digest(MORNING.replace(hour=9))
    assert len(posts["mail"].sent) == 1


def test_a_digest_of_what_was_withdrawn_meanwhile_is_not_sent(person, posts) -> None:
    with_mail(person, "daily", is_sms_wanted=False)
    notice = told("trial.progress", "k", person)
    make(MORNING)
    withdraw(notice, "写错了", MORNING, OFFICER)
    work(MORNING)
    assert posts["mail"].sent == []
    assert {state for *_, state in states()} == {"cancelled"}


def test_who_got_it_in_a_digest_gets_an_apology_by_mail(person, posts) -> None:
    with_mail(person, "daily", is_sms_wanted=False)
    notice = told("trial.progress", "k", person)
    digest(MORNING)
    assert withdraw(notice, "写错了", MORNING, OFFICER) == 1
    work(MORNING)
    assert [title for _, title, *_ in posts["mail"].sent][1].startswith("已撤回")
    assert "写错了" in posts["mail"].sent[1][2]


def test_each_gets_their_own_digest(person, posts) -> None:
    other = someone("owner").person
    for who, address in ((person, "a@example.com"), (other, "b@example.com")):
        with_mail(who, "daily", address, is_sms_wanted=False)
    told("trial.progress", "k", person, other)
    told("trial.progress", "l", other)
    digest(MORNING)
    titles = {to: title for to, title, *_ in posts["mail"].sent}
    assert titles == {"a@example.com": "您有 1 条新消息", "b@example.com": "您有 2 条新消息"}


def test_a_withdrawn_notice_still_counts_until_it_is_seen(person) -> None:
    notice = told("trial.due", "k", person)
    withdraw(notice, "写错了", NOW, OFFICER)
    assert unread_count(str(person.pk)) == 1


def make(now: datetime) -> None:
    with transaction.atomic():
        make_digests(now)


def digest(now: datetime) -> None:
    make(now)
    work(now)
