"""Turns at writing to one SQLite file, handed on in the order of asking, across processes and threads.

SQLite lets whoever tries at the right moment have its write lock, and a writer may wait for seconds while
others write again and again. So writers line up before they ask SQLite: two lock files beside the database,
the queue and the turn. Only the first in the queue may ask for the turn, and whoever has just had it must
queue again.

Both locks are `flock`s: the system gives them back when a process ends, however it ends. They only decide who
asks SQLite first. What keeps writers apart is still SQLite's own lock, so a lost lock file loses no data.
"""

import errno
import os
import threading
from contextlib import suppress
from pathlib import Path

from django.db import OperationalError

try:
    import fcntl
except ImportError:  # not POSIX: writers meet at SQLite's own lock, as with Django's backend
    fcntl = None  # type: ignore[assignment]

_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_open_files: set[int] = set()


class NoTurnError(OperationalError):
    """Writing was not begun, because the turn did not come in time or the lock file cannot be used."""


class WriterTurn:
    """The turn of one connection at the database in ``database``; None where nobody else can write there.

    ``patience`` is in seconds.
    """

    def __init__(self, database: Path | None, patience: float) -> None:
        self._database = database if fcntl else None
        self._patience = patience
        self._file: int | None = None
        self._process = 0

    @property
    def is_held(self) -> bool:
        """True from `take` to `give_back`, in the process that took it: a fork takes nothing along."""
        return self._file is not None and self._process == os.getpid()

    def take(self) -> None:
        """Wait for the turn; NoTurnError when it does not come. Taking it twice is taking it once."""
        if self._database is None or self.is_held:
            return
        try:
            self._file = _turn_at(self._database, self._patience)
        except OSError as failure:
            if failure.errno not in _NO_LOCKS_HERE:
                raise NoTurnError(
                    f"数据库所在的文件夹 {self._database.parent} 不能写（{failure.strerror}），"
                    "什么也没有保存。请检查文件夹权限和磁盘空间。"
                ) from failure
            self._database = None
            return
        if self._file is None:
            raise NoTurnError(
                f"数据库正忙：等了 {self._patience:g} 秒还没有轮到，这一次什么也没有保存。请稍后再试一次。"
            )
        self._process = os.getpid()

    def give_back(self) -> None:
        """Let the next one write; nothing happens where the turn is not held."""
        if self._file is not None and self.is_held:
            _close(self._file)
        self._file = None


def _turn_at(database: Path, patience: float) -> int | None:
    """The open file that holds the turn; None when ``patience`` ran out."""
    queue = _open(database.with_name(f"{database.name}.wqueue"))
    try:
        turn = _open(database.with_name(f"{database.name}.wlock"))
    except OSError:
        _close(queue)
        raise
    if not _come_at_once(queue, turn) and not _Waiting((queue, turn)).have_come_within(patience):
        return None
    _close(queue)
    return turn


def _come_at_once(*files: int) -> bool:
    try:
        for file in files:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        _close(*files)
        raise
    return True


class _Waiting(threading.Thread):
    """Waits for both locks in a thread of its own, because `flock` itself cannot be told to stop waiting."""

    def __init__(self, files: tuple[int, int]) -> None:
        super().__init__(daemon=True, name="waiting-to-write")
        self._files = files
        self._have_come = threading.Event()
        self._deciding = threading.Lock()
        self._is_given_up = False

    def run(self) -> None:
        for file in self._files:
            fcntl.flock(file, fcntl.LOCK_EX)
        with self._deciding:
            self._have_come.set()
            if self._is_given_up:
                _close(*self._files)

    def have_come_within(self, seconds: float) -> bool:
        """True once both locks are ours. Otherwise, and when interrupted, they are let go when they come."""
        self.start()
        try:
            self._have_come.wait(seconds)
        except BaseException:
            if not self._gives_up():
                _close(*self._files)
            raise
        return not self._gives_up()

    def _gives_up(self) -> bool:
        """False where the locks came at the last moment."""
        with self._deciding:
            self._is_given_up = not self._have_come.is_set()
            return self._is_given_up


def _open(path: Path) -> int:
    file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    _open_files.add(file)
    return file


def _close(*files: int) -> None:
    """Unlock and close: closing alone would leave the lock to a process forked meanwhile."""
    for file in files:
        _open_files.discard(file)
        fcntl.flock(file, fcntl.LOCK_UN)
        os.close(file)


def _forget_in_the_child() -> None:
    """A forked process holds no turn and keeps none from ending with its parent."""
    for file in _open_files:
        with suppress(OSError):
            os.close(file)
    _open_files.clear()


if fcntl:
    os.register_at_fork(after_in_child=_forget_in_the_child)
