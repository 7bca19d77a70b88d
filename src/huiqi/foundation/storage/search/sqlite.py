"""The index on SQLite: FTS5 over words cut beforehand, ranked by BM25 with the title first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

from huiqi.foundation.storage.search.index import MOST_PARTLY, Document
from huiqi.foundation.storage.search.tables import IndexTables

# Weights of the columns in the order of the table: place, title, summary, body.
_WEIGHTS = "0.0, 8.0, 3.0, 1.0"


class SqliteIndex(IndexTables):
    """Besides the tables of every index the FTS5 table ``<name>_text``."""

    def _fill(self, cursor: CursorWrapper, documents: Sequence[Document]) -> None:
        name = self._name
        cursor.execute(f"INSERT INTO {name}_text({name}_text) VALUES ('delete-all')")  # noqa: S608
        cursor.executemany(
            f"INSERT INTO {name}(number, key) VALUES (%s, %s)",  # noqa: S608
            [(number, each.key) for number, each in enumerate(documents, 1)],
        )
        cursor.executemany(
            f"INSERT INTO {name}_text(rowid, place, title, summary, body) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
            [
                (number, each.place, _text(each.title), _text(each.summary), _text(each.body))
                for number, each in enumerate(documents, 1)
            ],
        )

    def _question(
        self, groups: tuple[tuple[str, ...], ...], places: Sequence[str], enough: int
    ) -> tuple[str, list[Any]]:
        text = f"{self._name}_text"
        score = f"-bm25({text}, {_WEIGHTS}) AS score"
        found = f"SELECT rowid AS number, {score} FROM {text} WHERE {text} MATCH %s"  # noqa: S608
        few = f"(SELECT count(*) FROM (SELECT 1 FROM {text} WHERE {text} MATCH %s LIMIT %s)) < %s"  # noqa: S608
        each = " UNION ALL ".join([f"{found} AND (SELECT is_true FROM few)"] * len(groups))  # noqa: S608
        statement = (
            f"WITH wholly AS MATERIALIZED ({found}), few AS MATERIALIZED (SELECT {few} AS is_true),"  # noqa: S608
            f" one AS MATERIALIZED ({each}),"
            " partly AS (SELECT number, sum(score) AS score, count(*) AS held FROM one"
            " WHERE number NOT IN (SELECT number FROM wholly) GROUP BY number"
            f" ORDER BY sum(score) * count(*) DESC LIMIT {MOST_PARTLY})"
            f" SELECT key, score, {len(groups)} FROM wholly JOIN {self._name} USING (number)"
            f" UNION ALL SELECT key, score, held FROM partly JOIN {self._name} USING (number)"
        )
        here = f"place : {_any_of(places or ['nowhere'])}"
        asked = [f"{{title summary body}} : {_any_of(group)}" for group in groups]
        wholly = " AND ".join(asked)
        parts = [f"{here} AND {group}" for group in asked]
        return statement, [wholly, f"{here} AND {wholly}", enough, enough, *parts]


def _text(words: Counter[str]) -> str:
    return " ".join(words.elements())


def _any_of(words: Iterable[str]) -> str:
    # Words hold letters and digits only; the quotes keep AND, OR, NOT and NEAR from being operators.
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"
