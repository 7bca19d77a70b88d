"""Writers of one SQLite file take turns: nobody is refused, nothing is lost, who waits comes before who
returns.
"""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ConnectionHandler, DatabaseError, OperationalError, connections, transaction

from huiqi.foundation.storage.domain import needs_the_write_lock
from huiqi.foundation.storage.sqlite import turn as turns
from huiqi.foundation.storage.sqlite.base import DatabaseWrapper
from huiqi.foundation.storage.sqlite.turn import NoTurnError, WriterTurn
from tests.foundation.storage.writing import add_one, settings_for, writers

HERE = "turns"
TABLES = """
    CREATE TABLE counter (value integer NOT NULL);
    CREATE TABLE entry (id integer PRIMARY KEY AUTOINCREMENT, who integer NOT NULL CHECK (who > 0));
    INSERT INTO counter VALUES (0);
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "店铺 #1.sqlite3"


@pytest.fixture
def database(path: Path, django_db_blocker) -> Iterator[DatabaseWrapper]:
    """A connection of ours to a file with the two tables."""
    with django_db_blocker.unblock():
        connections.settings[HERE] = ConnectionHandler(
            {"default": {}, HERE: settings_for(path, timeout=0.2)}
        ).settings[HERE]
        connection = connections[HERE]
        with connection.cursor() as cursor:
            cursor.executescript(TABLES)
        yield connection
        connection.close()
        del connections[HERE], connections.settings[HERE]


def told(database: DatabaseWrapper, sql: str) -> list[tuple[int, ...]]:
    with database.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def is_free(path: Path) -> bool:
    """Whether nobody has the turn, once those who gave up waiting are gone."""
    for thread in threading.enumerate():
        if thread.name == "waiting-to-write":
            thread.join()
    return not is_locked(path.with_name(f"{path.name}.wlock"))


def is_locked(path: Path) -> bool:
    file = os.open(path, os.O_RDONLY | os.O_CREAT)
    try:
        turns.fcntl.flock(file, turns.fcntl.LOCK_EX | turns.fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def test_eight_processes_lose_no_change_and_meet_no_error(database: DatabaseWrapper, path: Path) -> None:
    with writers(path, 8) as each:
        for writer in each[:6]:
            writer.say("write 25")
        for writer in each[6:]:
            writer.say("insert 25")  # outside a transaction, rows coming back
        for writer in each[:6]:
            writer.hear("written")
        for writer in each[6:]:
            writer.hear("inserted")
    assert told(database, "SELECT value FROM counter") == [(150,)]
    assert told(database, "SELECT count(*), count(DISTINCT who) FROM entry") == [(200, 8)]


def test_threads_of_one_process_take_turns_too(database: DatabaseWrapper, django_db_blocker) -> None:
    failed: list[BaseException] = []

    def write() -> None:
        try:
            with django_db_blocker.unblock():
                for _ in range(25):
                    with transaction.atomic(using=HERE):
                        add_one(connections[HERE], 1)
        except BaseException as failure:  # noqa: BLE001 - told by the test itself
            failed.append(failure)
        finally:
            connections[HERE].close()

    database.settings_dict["OPTIONS"]["timeout"] = 60
    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert told(database, "SELECT value FROM counter") == [(100,)]


def test_who_just_wrote_comes_after_who_waits(path: Path) -> None:
    mine, other = WriterTurn(path, 60), WriterTurn(path, 60)
    order: list[str] = []

    def wait() -> None:
        other.take()
        order.append("who waited")
        other.give_back()

    mine.take()
    waiting = threading.Thread(target=wait)
    waiting.start()
    while not is_locked(path.with_name(f"{path.name}.wqueue")):  # until it stands in the queue
        os.sched_yield()
    for _ in range(20):
        mine.give_back()
        mine.take()
        order.append("who wrote")
    mine.give_back()
    waiting.join()
    assert order[0] == "who waited"


def test_a_writer_that_is_killed_leaves_the_turn_and_nothing_half_written(
    database: DatabaseWrapper, path: Path
) -> None:
    with writers(path, 2) as (killed, next_one):
        killed.ask("hold", "holding")
        next_one.say("write 1")
        killed.process.send_signal(signal.SIGKILL)
        next_one.hear("written")
    assert told(database, "SELECT value, (SELECT count(*) FROM entry) FROM counter") == [(1, 1)]


@pytest.fixture
def child(path: Path) -> Iterator[None]:
    """What a forked child reads from: it lives until the test is over."""
    pipe = path.with_name(f"{path.name}.child")
    os.mkfifo(pipe)
    ends = os.open(pipe, os.O_RDWR)
    yield
    os.write(ends, b".")
    os.close(ends)


@pytest.mark.usefixtures("child")
def test_a_child_forked_in_a_transaction_does_not_keep_the_turn(
    database: DatabaseWrapper, path: Path
) -> None:
    with writers(path, 2) as (parent, next_one):
        parent.ask("fork", "holding")
        next_one.say("write 1")
        parent.ask("", "over")
        next_one.hear("written")
    assert told(database, "SELECT value FROM counter") == [(2,)]


@pytest.mark.usefixtures("child")
def test_a_child_that_outlives_its_killed_parent_does_not_keep_the_turn(
    database: DatabaseWrapper, path: Path
) -> None:
    with writers(path, 2) as (parent, next_one):
        parent.ask("fork", "holding")
        parent.process.send_signal(signal.SIGKILL)
        next_one.ask("write 1", "written")
    assert told(database, "SELECT value FROM counter") == [(1,)]


def test_who_only_reads_never_queues(database: DatabaseWrapper, path: Path) -> None:
    with writers(path, 1) as (writer,):
        writer.ask("hold", "holding")
        assert told(database, "SELECT value FROM counter") == [(0,)]
        told(database, "PRAGMA user_version")
        assert not database.turn.is_held
        writer.ask("", "over")


def test_a_writer_whose_turn_does_not_come_is_told_so_and_may_try_again(
    database: DatabaseWrapper, path: Path
) -> None:
    with writers(path, 1) as (writer,):
        writer.ask("hold", "holding")
        too_late = pytest.raises(NoTurnError, match=r"等了 0.2 秒还没有轮到，这一次什么也没有保存")
        with too_late, transaction.atomic(using=HERE):
            add_one(database, 1)
        with pytest.raises(OperationalError, match="什么也没有保存"):  # what handles Django's handles ours
            told(database, "INSERT INTO entry (who) VALUES (1) RETURNING id")
        assert database.get_autocommit()
        writer.ask("", "over")
    database.turn._patience = 60
    with transaction.atomic(using=HERE):
        add_one(database, 1)
    assert told(database, "SELECT value FROM counter") == [(2,)]
    assert is_free(path)


def test_an_interrupted_wait_leaves_the_turn_to_others(path: Path) -> None:
    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002 - as threads are asked
            raise KeyboardInterrupt

    mine = WriterTurn(path, 60)
    mine.take()
    files = tuple(turns._open(path.with_name(f"{path.name}{ending}")) for ending in (".wqueue", ".wlock"))
    waiting = turns._Waiting(files)
    waiting._have_come = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        waiting.have_come_within(60)
    mine.give_back()
    waiting.join()
    assert is_free(path)


def test_the_turn_lasts_as_long_as_the_outermost_transaction(database: DatabaseWrapper, path: Path) -> None:
    with transaction.atomic(using=HERE):
        with transaction.atomic(using=HERE):
            add_one(database, 1)
        with pytest.raises(DatabaseError), transaction.atomic(using=HERE):
            told(database, "INSERT INTO entry (who) VALUES (0)")
        assert not is_free(path)
    assert is_free(path)
    assert told(database, "SELECT value FROM counter") == [(1,)]


def test_the_turn_ends_with_a_transaction_that_is_undone(database: DatabaseWrapper, path: Path) -> None:
    def break_off() -> None:
        add_one(database, 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic(using=HERE):
        break_off()
    assert is_free(path)
    with pytest.raises(DatabaseError):
        told(database, "INSERT INTO entry (who) VALUES (0)")
    assert is_free(path)
    assert told(database, "SELECT value FROM counter") == [(0,)]


@pytest.mark.parametrize("ending", ["COMMIT", "ROLLBACK", "END"])
def test_a_transaction_begun_and_ended_by_hand_holds_the_turn(
    database: DatabaseWrapper, path: Path, ending: str
) -> None:
    told(database, "BEGIN IMMEDIATE")
    assert not is_free(path)
    told(database, ending)
    assert is_free(path)


def test_without_autocommit_the_turn_lasts_from_the_first_write_to_the_commit(
    database: DatabaseWrapper, path: Path
) -> None:
    transaction.set_autocommit(False, using=HERE)
    told(database, "SELECT value FROM counter")
    assert is_free(path)
    add_one(database, 1)
    assert not is_free(path)
    transaction.commit(using=HERE)
    assert is_free(path)
    transaction.set_autocommit(True, using=HERE)


def test_a_single_write_outside_a_transaction_has_its_turn(database: DatabaseWrapper, path: Path) -> None:
    told(database, "INSERT INTO entry (who) VALUES (1)")
    assert is_free(path)
    with database.cursor() as cursor:
        cursor.executemany("INSERT INTO entry (who) VALUES (%s)", [(2,), (3,)])
    assert is_free(path)
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO entry (who) VALUES (4), (5) RETURNING who")
        assert cursor.fetchone() == (4,)
        assert not is_free(path)
        assert cursor.fetchone() == (5,)
    assert is_free(path)


def test_a_cursor_forgotten_among_its_rows_gives_the_turn_back(database: DatabaseWrapper, path: Path) -> None:
    database.cursor().execute("INSERT INTO entry (who) VALUES (1), (2) RETURNING who").fetchone()
    assert is_free(path)


def test_closing_in_a_transaction_gives_the_turn_back(database: DatabaseWrapper, path: Path) -> None:
    with transaction.atomic(using=HERE):
        add_one(database, 1)
        database.close()
        assert is_free(path)
    assert told(database, "SELECT value FROM counter") == [(0,)]


def test_a_database_in_memory_has_no_turns(tmp_path: Path, monkeypatch, django_db_blocker) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:somewhere?mode=memory&cache=shared"):
        settings = ConnectionHandler({"default": {**settings_for(tmp_path), "NAME": name}}).settings[
            "default"
        ]
        with django_db_blocker.unblock():
            connection = DatabaseWrapper(settings)
            told(connection, "CREATE TABLE t (a)")
            told(connection, "BEGIN IMMEDIATE")
            assert not connection.turn.is_held
            connection.connection.close()
    assert not list(tmp_path.iterdir())


def test_a_database_named_by_an_address_lines_up_beside_its_file(tmp_path: Path, django_db_blocker) -> None:
    settings = {**settings_for(tmp_path), "NAME": f"file:{tmp_path}/a%20b.sqlite3?mode=rwc"}
    with django_db_blocker.unblock():
        connection = DatabaseWrapper(ConnectionHandler({"default": settings}).settings["default"])
        told(connection, "CREATE TABLE t (a)")
        connection.close()
    assert (tmp_path / "a b.sqlite3.wlock").exists()


def test_where_files_cannot_be_locked_sqlite_itself_keeps_order(
    database: DatabaseWrapper, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "fcntl", None)
    database.close()
    path.with_name(f"{path.name}.wlock").unlink()
    with transaction.atomic(using=HERE):
        add_one(database, 1)
    assert told(database, "SELECT value FROM counter") == [(1,)]
    assert not path.with_name(f"{path.name}.wlock").exists()


def test_a_folder_nobody_may_write_in_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoTurnError, match=rf"{tmp_path}/gone 不能写.*什么也没有保存"):
        WriterTurn(tmp_path / "gone" / "x.sqlite3", 1).take()


def test_no_wait_leaves_a_file_open(path: Path) -> None:
    before = set(turns._open_files)
    mine = WriterTurn(path, 60)
    for _ in range(3):
        mine.take()
        with pytest.raises(NoTurnError):
            WriterTurn(path, 0).take()
        mine.take()
        mine.give_back()
        mine.give_back()
    assert is_free(path)
    assert turns._open_files == before


@pytest.mark.parametrize(
    ("sql", "is_needed"),
    [
        ("SELECT 1", False),
        ("  select value from counter", False),
        ("PRAGMA foreign_keys = OFF", False),
        ("BEGIN", False),
        ("BEGIN DEFERRED", False),
        ("begin immediate", True),
        ("BEGIN EXCLUSIVE TRANSACTION", True),
        ("SAVEPOINT a", False),
        ("COMMIT", False),
        ("INSERT INTO t VALUES (1)", True),
        ("REPLACE INTO t VALUES (1)", True),
        ("CREATE TABLE t (a)", True),
        ("VACUUM", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", True),
        ("-- a remark\nUPDATE t SET a = 1", True),
        ("", True),
    ],
)
def test_what_queues_for_the_write_lock(sql: str, is_needed: bool) -> None:
    assert needs_the_write_lock(sql) is is_needed
