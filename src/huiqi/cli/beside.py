"""Processes beside the server: started with it, started again when they die, gone with it."""

import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import click
from django.db import DatabaseError, connection

SEALER = ("audit", "seal", "--with-parent")
JOB_WORKER = ("jobs", "work", "--with-parent")
RESTART_SECONDS = 1.0
LONGEST_GOODBYE_SECONDS = 10


@contextmanager
def beside(*commands: tuple[str, ...]) -> Iterator[None]:
    """Keep a process running for each command of ours. It ends when its input closes, so it never outlives a
    killed server; and it is out of reach of Ctrl+C, so that what the last pages wrote is dealt with.

    Each is first started here and not in its thread: the server forks meanwhile, and a fork amid a start
    keeps the pipe open by which the start is reported, so that the start would never end.
    """
    is_over = Event()
    started = [(command, _start(command)) for command in commands]
    watches = [Thread(target=_keep_running, args=(*each, is_over), daemon=True) for each in started]
    with ExitStack() as stack:
        for watch in watches:
            watch.start()
            stack.callback(watch.join, LONGEST_GOODBYE_SECONDS)
        stack.callback(is_over.set)
        yield


def _start(command: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - this same program
        (sys.executable, "-m", "huiqi.cli", *command), stdin=subprocess.PIPE, start_new_session=True
    )


def _keep_running(command: tuple[str, ...], process: "subprocess.Popen[bytes]", is_over: Event) -> None:
    while True:
        with process:
            while process.poll() is None and not is_over.wait(RESTART_SECONDS):
                pass
        if is_over.wait(RESTART_SECONDS):
            return
        process = _start(command)


class Patience:
    """Does a round of work that is repeated for ever. What fails is said once and tried again: a database
    that restarts must not end the process.
    """

    def __init__(self, words: str, failures: tuple[type[Exception], ...] = ()) -> None:
        self._words = words
        self._failures = (DatabaseError, OSError, *failures)
        self._said = ""

    def bear(self, work: Callable[[], object]) -> bool:
        """Do the work once; whether it brought anything. False where it failed."""
        try:
            found = bool(work())
        except self._failures as failure:
            connection.close()
            said = f"{self._words}没有成功，会一直重试：{failure}".replace("\n", " ")
            if said != self._said:
                click.echo(said, err=True)
            self._said = said
            return False
        self._said = ""
        return found


def is_told_to_end(seconds: float, *, with_parent: bool) -> bool:
    """Wait; True as soon as the process at the other end of the input is gone."""
    if not with_parent:
        time.sleep(seconds)
        return False
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready)
