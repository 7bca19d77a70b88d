"""The sealer as a process beside the server: started with it, started again when it dies, gone with it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

COMMAND = (sys.executable, "-m", "huiqi.cli", "audit", "seal", "--with-parent")
RESTART_SECONDS = 1.0
LONGEST_GOODBYE_SECONDS = 10


@contextmanager
def sealer_beside() -> Iterator[None]:
    """Keep a sealer running. It ends when its input closes, so it never outlives a killed server; and it is
    out of reach of Ctrl+C, so that what the last pages wrote is sealed.
    """
    is_over = Event()
    watch = Thread(target=_keep_running, args=(is_over,), daemon=True)
    watch.start()
    try:
        yield
    finally:
        is_over.set()
        watch.join(LONGEST_GOODBYE_SECONDS)


def _keep_running(is_over: Event) -> None:
    while not is_over.is_set():
        with subprocess.Popen(  # noqa: S603 - this same program
            COMMAND, stdin=subprocess.PIPE, start_new_session=True
        ) as process:
            while process.poll() is None and not is_over.wait(RESTART_SECONDS):
                pass
            if process.stdin is not None:
                process.stdin.close()
        is_over.wait(RESTART_SECONDS)
