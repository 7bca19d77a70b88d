"""Doing jobs: back-off, the end of tries, order, leases, and what an operator may do."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from huiqi.foundation.audit.actions import Actor, Party
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.outbox.actions import (
    Job,
    JobStateError,
    NeverError,
    drop,
    enqueue,
    retry,
    run_next,
    tidy_ended,
)
from huiqi.foundation.outbox.models import OutboxJob
from huiqi.foundation.outbox.queries import JobFilters, dead_count, jobs, kinds, oldest_waiting_seconds
from tests.foundation.outbox.kinds import HANDLERS, LATER, NOW, fail, noted, states, written

OPERATOR = Actor("cli:root", "root", Party("cli", "命令行"))
FAILING = {"trial.send": fail, "trial.line": fail}


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def work(handlers=HANDLERS, now=NOW + LATER) -> int:
    done = 0
    while run_next(handlers, lambda: now):
        done += 1
    return done


def test_a_job_is_done_when_it_is_due_and_not_before(db) -> None:
    enqueue("trial.note", "later", {}, NOW, due_at=NOW + LATER)
    enqueue("trial.note", "now", {}, NOW)
    assert work(now=NOW) == 1
    assert noted() == ["now"]
    assert work() == 1
    assert noted() == ["now", "later"]


def test_a_failure_waits_twice_as_long_each_time_and_is_dead_after_the_last(db) -> None:
    (job,) = written("trial.send", "a")
    waits = []
    moment = NOW
    for _ in range(2):
        assert work(FAILING, moment) == 1
        due_at = OutboxJob.objects.get(pk=job).due_at
        waits.append((due_at - moment).total_seconds())
        assert work(FAILING, due_at - seconds(1)) == 0
        moment = due_at
    assert waits == [10, 15]
    assert work(FAILING, moment) == 1
    (shown,) = jobs(JobFilters(state="dead"))
    assert (shown.attempts, shown.last_error, dead_count()) == (3, "第 3 次没有成", 1)
    assert work() == 0


def test_what_can_never_be_done_is_dead_at_once(db) -> None:
    def never(_: Job) -> None:
        raise NeverError("收件人已经不在")

    (job,) = written("trial.note", "a")
    assert work({"trial.note": never}) == 1
    assert states(job) == ["dead"]
    assert jobs(JobFilters())[0].last_error == "收件人已经不在"


def test_the_words_of_an_unforeseen_error_are_not_kept_for_they_may_name_somebody(db) -> None:
    def broken(_: Job) -> None:
        raise ValueError("王小明 13800000000")

    written("trial.note", "a")
    work({"trial.note": broken}, NOW)
    (shown,) = jobs(JobFilters())
    assert "ValueError" in shown.last_error
    assert "王小明" not in shown.last_error


def test_what_a_failed_handler_wrote_is_undone(transactional_db) -> None:
    def half(job: Job) -> None:
        HANDLERS["trial.note"](job)
        fail(job)

    (job,) = written("trial.note", "a")
    work({"trial.note": half}, NOW)
    assert (noted(), states(job)) == ([], ["waiting"])
    work()
    assert (noted(), states(job)) == (["a"], ["done"])


def test_a_worker_that_lost_its_job_meanwhile_leaves_no_effect(transactional_db) -> None:
    def slow(job: Job) -> None:
        OutboxJob.objects.filter(pk=job.id).update(attempts=job.attempt + 1)  # another has taken it
        HANDLERS["trial.note"](job)

    written("trial.note", "a")
    assert run_next({"trial.note": slow}, lambda: NOW)
    assert noted() == []


def test_an_outside_worker_that_comes_late_does_not_end_the_job_of_another(db) -> None:
    (job,) = written("trial.send", "a")

    def late(mine: Job) -> None:
        OutboxJob.objects.filter(pk=job).update(attempts=mine.attempt + 1)

    run_next({"trial.send": late}, lambda: NOW)
    assert states(job) == ["running"]


def test_jobs_of_one_subject_keep_their_order_and_others_pass(db) -> None:
    first, second = written("trial.line", "a1", "a2", subject="a")
    (other,) = written("trial.line", "b1", subject="b")
    run_next(FAILING, lambda: NOW)
    assert work(now=NOW + seconds(1)) == 1
    assert states(first, second, other) == ["waiting", "waiting", "done"]
    assert work() == 2
    assert noted() == ["b1", "a1", "a2"]


def test_a_dead_job_holds_up_its_subject_until_somebody_decides(db) -> None:
    first, second = written("trial.line", "a1", "a2", subject="a")
    work(FAILING)
    work(FAILING, NOW + 2 * LATER)
    assert states(first) == ["dead"]
    assert work(now=NOW + 3 * LATER) == 0
    drop(first, NOW, OPERATOR, "已当面办完")
    assert work(now=NOW + 3 * LATER) == 1
    assert states(first, second) == ["dropped", "done"]


def test_a_job_whose_worker_is_lost_is_taken_after_its_lease(db) -> None:
    (job,) = written("trial.note", "a")
    lease = NOW + seconds(kinds()["trial.note"].lease_seconds)
    OutboxJob.objects.filter(pk=job).update(state="running", attempts=1, lease_until=lease)
    assert work(now=lease - seconds(1)) == 0
    assert work(now=lease) == 1
    assert noted() == ["a"]


def test_a_job_that_kills_every_worker_ends_dead(db) -> None:
    (job,) = written("trial.send", "a")
    OutboxJob.objects.filter(pk=job).update(state="running", attempts=3, lease_until=NOW)
    assert work() == 0
    assert states(job) == ["dead"]
    assert "进程" in jobs(JobFilters())[0].last_error


def test_a_worker_leaves_kinds_it_does_not_know_to_others(db) -> None:
    (job,) = written("trial.note", "a")
    assert work({"trial.send": fail}) == 0
    assert states(job) == ["waiting"]


def test_an_idle_worker_only_looks(db, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        assert not run_next(HANDLERS, lambda: NOW)


def test_a_dead_job_is_retried_from_the_start_and_the_log_says_who_did(db) -> None:
    (job,) = written("trial.send", "a")
    OutboxJob.objects.filter(pk=job).update(state="dead", attempts=3, ended_at=NOW)
    retry(job, NOW, OPERATOR)
    assert OutboxJob.objects.get(pk=job).attempts == 0
    (entry,) = entries(LogFilters(subject_kind="job", subject_id=str(job)))
    assert (entry.verb, entry.actor_id) == ("outbox.retry", "cli:root")
    with pytest.raises(JobStateError, match="等待"):
        retry(job, NOW, OPERATOR)


def test_a_running_job_and_one_that_is_not_there_cannot_be_dropped(db) -> None:
    (job,) = written("trial.note", "a")
    OutboxJob.objects.filter(pk=job).update(state="running", attempts=1, lease_until=NOW + LATER)
    with pytest.raises(JobStateError, match="正在做"):
        drop(job, NOW, OPERATOR, "试试")
    with pytest.raises(JobStateError, match="没有编号"):
        drop(job + 1, NOW, OPERATOR, "试试")


def test_what_was_done_long_ago_is_removed_and_what_is_dead_stays(db) -> None:
    done, dead, young = written("trial.note", "a", "b", "c")
    for job, state, at in ((done, "done", NOW), (dead, "dead", NOW), (young, "done", NOW + LATER)):
        OutboxJob.objects.filter(pk=job).update(state=state, ended_at=at)
    assert tidy_ended(NOW + seconds(1)) == 1
    assert [job.id for job in jobs(JobFilters())] == [dead, young]


def test_the_longest_wait_counts_what_is_due_and_what_lost_its_worker(db) -> None:
    assert oldest_waiting_seconds(NOW) == 0
    waiting, lost = written("trial.note", "a", "b")
    assert oldest_waiting_seconds(NOW + seconds(7)) == 7
    OutboxJob.objects.filter(pk=lost).update(state="running", attempts=1, lease_until=NOW - seconds(60))
    assert oldest_waiting_seconds(NOW) == 60
    OutboxJob.objects.filter(pk=lost).update(lease_until=NOW + LATER)
    OutboxJob.objects.filter(pk=waiting).update(due_at=NOW + LATER)
    assert oldest_waiting_seconds(NOW) == 0


@pytest.mark.parametrize(
    "wrong",
    [{"state": "lost"}, {"lease_until": NOW}, {"state": "done"}, {"state": "running"}, {"ended_at": NOW}],
)
def test_the_database_refuses_a_job_that_contradicts_itself(db, wrong: dict[str, object]) -> None:
    (job,) = written("trial.note", "a")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxJob.objects.filter(pk=job).update(**wrong)
