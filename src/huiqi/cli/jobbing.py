"""What `huiqi jobs` does. Imported only once Django is set up."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

import click
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import import_string

from huiqi.cli.beside import Patience, is_told_to_end
from huiqi.cli.errors import refuse
from huiqi.cli.plainly import command_actor, told_plainly
from huiqi.core.rules.wording import day_text
from huiqi.foundation.clock.queries import now
from huiqi.foundation.outbox.actions import Handler, JobStateError, drop, enqueue_periods, retry, run_next
from huiqi.foundation.outbox.queries import (
    STATE_WORDS,
    JobFilters,
    ShownJob,
    State,
    is_there,
    jobs,
    kinds,
)

IDLE_SECONDS = 0.4  # how long a job that is due may wait for a worker that has nothing else to do


def handlers(*, is_outside: bool) -> dict[str, Handler]:
    """The code behind the kinds that act on other systems, or behind those that do not."""
    return {
        kind.name: import_string(kind.handler) for kind in kinds().values() if kind.is_outside is is_outside
    }


def work_once() -> int:
    """Do everything that is due, and return how many jobs that was."""
    known = handlers(is_outside=False) | handlers(is_outside=True)
    done = 0
    with _outbox():
        enqueue_periods(now())
        while run_next(known, now):
            done += 1
    return done


def work_until_told(threads: int, with_parent: bool) -> None:
    """Work until interrupted, or until the input closes; a job that was begun is ended first. What acts on
    other systems has threads of its own: a mail server that does not answer must not keep the rest waiting.
    """
    is_over = Event()
    signal.signal(signal.SIGTERM, lambda *_: is_over.set())
    lanes = [handlers(is_outside=is_outside) for is_outside in (False, True)]
    workers = [Thread(target=_work, args=(lane, is_over)) for lane in lanes for _ in range(threads)]
    for worker in workers:
        worker.start()
    patience = Patience("安排定期任务")
    try:
        while not is_over.is_set():
            close_old_connections()
            patience.bear(lambda: enqueue_periods(now()))
            if is_told_to_end(IDLE_SECONDS, with_parent=with_parent):
                break
    except KeyboardInterrupt:
        pass
    finally:
        is_over.set()
        for worker in workers:
            worker.join()


def print_jobs(state: str, kind: str, limit: int) -> None:
    """Print the jobs that fit, oldest first; ``state`` as it is said, empty for any."""
    known = {words: each for each, words in STATE_WORDS.items()}
    if state and state not in known:
        refuse(f"没有“{state}”这种状态，只有 {'、'.join(known)}")
    with _outbox():
        found = jobs(JobFilters(known.get(state, ""), kind, limit))
    for job in found:
        click.echo(_line(job))
    if not found:
        click.echo("没有符合的后台任务")


def retry_jobs(numbers: tuple[int, ...]) -> int:
    """Let these be tried again, or all that are dead; return how many."""
    with _outbox():
        chosen = numbers or tuple(job.id for job in jobs(JobFilters(State.DEAD, limit=1_000_000)))
        for number in chosen:
            try:
                retry(number, now(), command_actor())
            except JobStateError as mistake:
                refuse(str(mistake))
    return len(chosen)


def drop_job(number: int, reason: str) -> None:
    """Give one up."""
    with _outbox():
        try:
            drop(number, now(), command_actor(), reason)
        except JobStateError as mistake:
            refuse(str(mistake))


@contextmanager
def _outbox() -> Iterator[None]:
    """Where there is an outbox; reading never makes one."""
    with told_plainly():
        if not is_there():
            refuse("这里还没有后台任务。请先打开一次网站（huiqi serve）")
        yield


def _work(known: Mapping[str, Handler], is_over: Event) -> None:
    patience = Patience("做后台任务")
    one = partial(run_next, known, now)
    while not is_over.is_set():
        close_old_connections()
        if not patience.bear(one):
            is_over.wait(IDLE_SECONDS)
    connections.close_all()


def _line(job: ShownJob) -> str:
    zone = timezone.get_current_timezone()
    due = job.due_at.astimezone(zone)
    moment = f"{day_text(due.date())} {due:%H:%M}"
    tried = f"试了 {job.attempts} 次" if job.attempts else "还没试"
    subject = f" {job.subject}" if job.subject else ""
    error = f"：{job.last_error}" if job.last_error else ""
    return f"{job.id} {job.words}（{job.kind}{subject}）{STATE_WORDS[job.state]}，{tried}，{moment}{error}"
