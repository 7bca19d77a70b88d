"""Writing jobs down: with the transaction, once a key, ids only."""

import pytest
from django.db import transaction

from huiqi.foundation.outbox.actions import OutboxError, enqueue, enqueue_periods, run_next
from huiqi.foundation.outbox.models import OutboxJob
from tests.foundation.outbox.kinds import HANDLERS, LATER, NOW, noted, written


def test_a_job_is_refused_outside_a_transaction(transactional_db) -> None:
    with pytest.raises(OutboxError, match="in the transaction"):
        enqueue("trial.note", "a", {}, NOW)
    assert not OutboxJob.objects.exists()


def test_a_job_of_a_transaction_that_is_undone_never_runs(transactional_db) -> None:
    with transaction.atomic():
        enqueue("trial.note", "undone", {}, NOW)
        transaction.set_rollback(True)
    written("trial.note", "kept")
    while run_next(HANDLERS, lambda: NOW + LATER):
        pass
    assert noted() == ["kept"]


def test_a_key_that_is_there_changes_nothing_and_is_done_once(db) -> None:
    first = enqueue("trial.note", "a", {"item": 1}, NOW)
    assert enqueue("trial.note", "a", {"item": 2}, NOW + LATER) == first
    assert run_next(HANDLERS, lambda: NOW)
    assert enqueue("trial.note", "a", {"item": 1}, NOW) == first
    assert not run_next(HANDLERS, lambda: NOW + LATER)
    assert noted() == ["a"]


def test_a_key_stands_for_one_kind(db) -> None:
    enqueue("trial.note", "a", {}, NOW)
    with pytest.raises(OutboxError, match=r"one of trial\.note"):
        enqueue("trial.send", "a", {}, NOW)


@pytest.mark.parametrize(
    "payload",
    [
        {"name": "王小明"},
        {"phone": "13800000000"},
        {"phone": 13800000000},
        {"phone": "+8613800000000"},
        {"text": "two words"},
        {"list": ["a"]},
        {"flag": True},
        {"nothing": ""},
        {str(number): number for number in range(11)},
    ],
)
def test_a_payload_that_holds_more_than_ids_is_refused(db, payload: dict[str, object]) -> None:
    with pytest.raises(OutboxError, match="payload"):
        enqueue("trial.note", "a", payload, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "key", "subject"),
    [
        ("trial.nothing", "a", ""),
        ("trial.note", "", ""),
        ("trial.note", "a" * 161, ""),
        ("trial.note", "a", "s" * 81),
    ],
)
def test_an_unknown_kind_and_what_does_not_fit_are_refused(db, kind: str, key: str, subject: str) -> None:
    with pytest.raises(OutboxError):
        enqueue(kind, key, {}, NOW, subject=subject)


def test_a_periodic_job_is_written_once_a_period_by_any_number_of_workers(db) -> None:
    def hourly() -> int:
        return OutboxJob.objects.filter(kind="trial.hourly").count()

    for minute in range(0, 60, 20):
        enqueue_periods(NOW.replace(minute=minute))
    assert hourly() == 1
    while run_next(HANDLERS, lambda: NOW):
        pass
    enqueue_periods(NOW.replace(hour=3))
    assert hourly() == 2


def test_a_periodic_job_that_is_not_over_is_not_piled_upon(db) -> None:
    enqueue_periods(NOW)
    enqueue_periods(NOW + LATER)
    assert OutboxJob.objects.filter(kind="trial.hourly").count() == 1


def test_looking_whether_a_period_is_written_down_writes_nothing(db, django_assert_num_queries) -> None:
    enqueue_periods(NOW)
    with django_assert_num_queries(2):
        assert enqueue_periods(NOW) == 0
