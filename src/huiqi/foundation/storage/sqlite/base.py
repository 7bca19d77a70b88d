"""The database backend `huiqi.foundation.storage.sqlite`: whatever writes takes its turn first."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base

from huiqi.foundation.storage.domain import needs_the_write_lock
from huiqi.foundation.storage.sqlite.turn import WriterTurn

_SQLITE_PATIENCE = 5.0  # what sqlite3 waits where no timeout is set


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite, with a turn that is held from before BEGIN IMMEDIATE until the transaction is over,
    or around a single statement that writes outside a transaction.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.turn = WriterTurn(None, 0)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        name = self.settings_dict["NAME"]
        path = None if self.is_in_memory_db() else _path_of(str(name))
        self.turn = WriterTurn(path, conn_params.get("timeout", _SQLITE_PATIENCE))
        connection: Connection = super().get_new_connection(conn_params)
        return connection

    def create_cursor(self, name: str | None = None) -> "TurnCursor":  # noqa: ARG002 - SQLite names no cursors
        cursor: TurnCursor = self.connection.cursor(
            factory=lambda connection: TurnCursor(connection, self.turn)
        )
        return cursor

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc] # the stubs leave out what is Django's own
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # the stubs leave out what is Django's own
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # the stubs leave out what is Django's own
        finally:
            self.turn.give_back()

    def _end_turn(self) -> None:
        """A commit that failed leaves its transaction open, and the turn with it."""
        if self.turn.is_held and not self.connection.in_transaction:
            self.turn.give_back()


class TurnCursor(base.SQLiteCursorWrapper):
    """A cursor that takes the turn before a statement that writes."""

    def __init__(self, connection: Connection, turn: WriterTurn) -> None:
        super().__init__(connection)
        self._turn = turn
        self._holds_on = False

    def execute(self, query: str, params: Any = None) -> Any:
        with self._in_turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        with self._in_turn(query):
            return super().executemany(query, param_list)

    def executescript(self, sql_script: str) -> Any:
        with self._in_turn("BEGIN IMMEDIATE"):
            return super().executescript(sql_script)

    def close(self) -> None:
        super().close()
        self._let_go()

    def __del__(self) -> None:
        self._let_go()

    @contextmanager
    def _in_turn(self, query: str) -> Iterator[None]:
        """Outside a transaction a statement that returns rows (INSERT … RETURNING) writes until the last of
        them is fetched: its turn ends with the cursor.
        """
        if not self._turn.is_held and needs_the_write_lock(query):
            self._turn.take()
        try:
            yield
        finally:
            if self._turn.is_held and not self.connection.in_transaction:
                self._holds_on = self.description is not None
                if not self._holds_on:
                    self._turn.give_back()

    def _let_go(self) -> None:
        if self._holds_on:
            self._holds_on = False
            self._turn.give_back()


def _path_of(name: str) -> Path:
    """The file behind a name, which may be written as an SQLite address (file:…?mode=…)."""
    return Path(unquote(urlsplit(name).path)) if name.startswith("file:") else Path(name)
