"""Telling people: as shown before, with the transaction, once, and sent afterwards."""

import pytest
from django.db import transaction

from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.notices.actions import NoticeError, notify
from huiqi.foundation.notices.models import Letter, Notice, Outgoing
from huiqi.foundation.notices.queries import letters_of, preview, unread_count
from huiqi.foundation.outbox.models import OutboxJob
from tests.foundation.notices.trial import (
    MORNING,
    NIGHT,
    NOW,
    OFFICER,
    WORDS,
    not_sent,
    states,
    told,
    uncertain,
    with_mail,
    work,
)
from tests.support.people import someone


def test_the_preview_says_what_is_done_and_changes_nothing(person, posts, django_assert_num_queries) -> None:
    with_mail(person)
    gone = someone("person").person
    gone.left_at = NOW
    gone.save()
    asked = [str(person.pk), str(gone.pk), str(person.pk)]
    with django_assert_num_queries(3):
        shown = preview("trial.due", asked, WORDS, NIGHT)
    assert not Notice.objects.exists()
    assert [each.name for each in shown.people] == [str(person)]
    assert (shown.unknown, shown.waits_until) == (1, MORNING)
    with transaction.atomic():
        notify("trial.due", "k", asked, WORDS, NIGHT, OFFICER)
    work(NIGHT)
    assert posts["sms"].sent == []
    work(MORNING)
    assert [text for _, _, text, _ in posts["sms"].sent] == [shown.words.sms]
    assert posts["mail"].sent[0][1] == shown.words.title
    assert posts["mail"].sent[0][2].startswith(shown.words.body)
    assert letters_of(str(person.pk)).letters[0].body == shown.words.body


def test_somebody_is_told_once_however_often_it_is_said(person, posts) -> None:
    first = told("trial.due", "k", person)
    assert told("trial.due", "k", person, someone("owner").person) == first
    work(NOW)
    work(NOW)
    assert (unread_count(str(person.pk)), Letter.objects.count(), len(posts["sms"].sent)) == (1, 1, 1)
    with pytest.raises(NoticeError, match=r"one of trial\.due"):
        told("trial.news", "k", person)


def test_a_notice_of_a_transaction_that_is_undone_was_never_there(person, posts, transactional_db) -> None:
    with transaction.atomic():
        notify("trial.urgent", "k", [str(person.pk)], WORDS, NOW, OFFICER)
        transaction.set_rollback(True)
    assert work(NOW) == 0
    assert (posts["sms"].sent, Letter.objects.count(), OutboxJob.objects.count()) == ([], 0, 0)


def test_nobody_is_told_outside_a_transaction(person, transactional_db) -> None:
    with pytest.raises(NoticeError, match="in the transaction"):
        notify("trial.urgent", "k", [str(person.pk)], WORDS, NOW, OFFICER)


@pytest.mark.parametrize("link", ["https://example.com", "//example.com", "javascript:alert(1)"])
def test_a_link_that_leaves_the_site_is_refused(person, link: str) -> None:
    with pytest.raises(NoticeError, match="page of the site"):
        told("trial.due", "k", person, link=link)


def test_an_unknown_kind_is_refused(person) -> None:
    with pytest.raises(NoticeError, match="no room declares"):
        told("trial.nothing", "k", person)


def test_a_telephone_is_revealed_to_the_post_alone(person, posts) -> None:
    told("trial.due", "k", person)
    work(NOW)
    number = person.phone.reveal()
    assert posts["sms"].told == [number]
    kept = [*OutboxJob.objects.values_list("payload", "key", "last_error"), *Outgoing.objects.values_list()]
    assert number not in f"{kept}{list(Notice.objects.values_list())}"


def test_the_log_says_who_told_how_many(person) -> None:
    notice = told("trial.due", "k", person, someone("owner").person)
    (entry,) = entries(LogFilters(subject_kind="notice", subject_id=notice))
    assert (entry.verb, entry.actor_id) == ("notices.notify", OFFICER.id)
    assert '"人数":[null,2]' in entry.changes


def test_a_gateway_that_is_busy_gets_it_again_later_and_once(person, posts) -> None:
    posts["sms"].failures = [not_sent(), not_sent()]
    told("trial.due", "k", person)
    assert work(NOW) == 1
    assert states() == [("notice", "sms", "waiting")]
    assert OutboxJob.objects.get().last_error == "网关忙"
    assert work(NOW.replace(minute=30)) == 1
    assert work(NOW.replace(hour=12)) == 1
    assert states() == [("notice", "sms", "sent")]
    assert len(posts["sms"].sent) == 1


def test_a_message_whose_end_nobody_saw_is_not_sent_again_and_its_reader_sees_so(person, posts) -> None:
    posts["sms"].failures = [uncertain()]
    told("trial.due", "k", person)
    work(NOW)
    work(NOW.replace(hour=20))
    assert states() == [("notice", "sms", "uncertain")]
    assert posts["sms"].sent == []
    assert letters_of(str(person.pk)).letters[0].also == ("短信可能没发到",)


@pytest.mark.parametrize(("is_repeatable", "count", "state"), [(False, 0, "uncertain"), (True, 1, "sent")])
def test_what_a_dead_worker_was_sending_is_sent_again_only_by_a_post_that_repeats_nothing(
    person, posts, is_repeatable: bool, count: int, state: str
) -> None:
    posts["sms"].is_repeatable = is_repeatable
    told("trial.due", "k", person)
    Outgoing.objects.update(state="sending")
    work(NOW)
    assert (len(posts["sms"].sent), states()) == (count, [("notice", "sms", state)])


def test_a_worker_that_comes_late_wakes_nobody(person, posts) -> None:
    told("trial.due", "k", person)
    assert work(NIGHT) == 1
    assert posts["sms"].sent == []
    work(MORNING)
    assert len(posts["sms"].sent) == 1


def test_who_has_left_meanwhile_is_sent_nothing(person, posts) -> None:
    told("trial.due", "k", person)
    person.left_at = NOW
    person.save()
    work(NOW)
    assert (posts["sms"].sent, states()) == ([], [("notice", "sms", "cancelled")])


def test_a_channel_that_was_closed_meanwhile_keeps_what_waits(person, posts, settings) -> None:
    told("trial.due", "k", person)
    settings.HUIQI_POSTS = {}
    work(NOW)
    assert states() == [("notice", "sms", "waiting")]
    settings.HUIQI_POSTS = posts
    work(NOW.replace(hour=12))
    assert len(posts["sms"].sent) == 1


def test_many_are_told_in_few_statements(db, django_assert_max_num_queries) -> None:
    people = [someone("person").person for _ in range(60)]
    with django_assert_max_num_queries(13):
        told("trial.due", "k", *people)
    assert OutboxJob.objects.count() == 60
