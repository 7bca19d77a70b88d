"""The tables every adapter keeps beside its own: the words of the index, and what it was made from."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from huiqi.foundation.storage.search.index import Document, Hit, counts_of


class IndexTables(ABC):
    """Tables ``<name>``, ``<name>_word`` and ``<name>_made``, filled and read the same way everywhere."""

    def __init__(self, name: str) -> None:
        self._name = name

    def rebuild(self, documents: Iterable[Document], made_from: str) -> None:
        name, all_documents = self._name, list(documents)
        with connection.cursor() as cursor:
            for table in (name, f"{name}_word", f"{name}_made"):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            self._fill(cursor, all_documents)
            cursor.executemany(
                f"INSERT INTO {name}_word(word, documents) VALUES (%s, %s)",  # noqa: S608
                list(counts_of(all_documents).items()),
            )
            cursor.execute(f"INSERT INTO {name}_made(made_from) VALUES (%s)", [made_from])  # noqa: S608

    def made_from(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT made_from FROM {self._name}_made")  # noqa: S608
            row = cursor.fetchone()
        return str(row[0]) if row else ""

    def words(self) -> Mapping[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT word, documents FROM {self._name}_word")  # noqa: S608
            return dict(cursor.fetchall())

    def search(
        self, groups: tuple[tuple[str, ...], ...], places: frozenset[str], enough: int
    ) -> tuple[Hit, ...]:
        if not groups:
            return ()
        statement, asked = self._question(groups, sorted(places), enough)
        with connection.cursor() as cursor:
            cursor.execute(statement, asked)
            return tuple(Hit(key, score, held / len(groups)) for key, score, held in cursor.fetchall())

    @abstractmethod
    def _fill(self, cursor: CursorWrapper, documents: Sequence[Document]) -> None:
        """Put the documents into the emptied tables."""

    @abstractmethod
    def _question(
        self, groups: tuple[tuple[str, ...], ...], places: Sequence[str], enough: int
    ) -> tuple[str, list[Any]]:
        """The statement that gives key, score and number of groups held, with what is put into it."""
