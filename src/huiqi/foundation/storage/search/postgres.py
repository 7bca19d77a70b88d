"""The index on PostgreSQL: a tsvector of words cut beforehand, under a GIN index."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from huiqi.foundation.storage.search.index import MOST_PARTLY, Document, Hit, counts_of

_WEIGHTS = "'{0.12, 0.12, 0.35, 1.0}'"  # of the labels D, C, B, A: body, -, summary, title
_LABELS = "ABD"
_MOST_POSITIONS = 20


class PostgresIndex:
    """Tables ``<name>`` (with the words), ``<name>_word`` and ``<name>_made``."""

    def __init__(self, name: str) -> None:
        self._name = name

    def rebuild(self, documents: Iterable[Document], made_from: str) -> None:
        name, all_documents = self._name, list(documents)
        with connection.cursor() as cursor:
            for table in (name, f"{name}_word", f"{name}_made"):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            cursor.executemany(
                f"INSERT INTO {name}(number, key, place, words) VALUES (%s, %s, %s, %s::tsvector)",  # noqa: S608
                [
                    (number, each.key, each.place, _vector(each))
                    for number, each in enumerate(all_documents, 1)
                ],
            )
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
        asked = [_any_of(group) for group in groups]
        wholly, partly, here = " & ".join(asked), " | ".join(asked), sorted(places)
        rank: list[Any] = []
        for group, query in zip(groups, asked, strict=True):
            rank += [list(group), len(group), query]
        with connection.cursor() as cursor:
            cursor.execute(
                self._sql(len(groups)), [*rank, wholly, *rank, partly, here, wholly, here, enough, enough]
            )
            return tuple(Hit(key, score, bool(is_whole)) for key, score, is_whole in cursor.fetchall())

    def _sql(self, groups: int) -> str:
        name = self._name
        # ts_rank divides by the number of words asked and knows no rarity: both are made up for here.
        rarity = (
            f"(SELECT coalesce(ln(1.0 + (SELECT count(*) FROM {name})::float8 / max(documents)), 1)"  # noqa: S608
            f" FROM {name}_word WHERE word = ANY(%s))"
        )
        score = " + ".join([f"{rarity} * %s * ts_rank({_WEIGHTS}, words, %s::tsquery)"] * groups)
        return (
            f"WITH wholly AS MATERIALIZED (SELECT key, {score} AS score FROM {name}"  # noqa: S608
            " WHERE words @@ %s::tsquery),"
            f" partly AS MATERIALIZED (SELECT key, {score} AS score FROM {name}"
            " WHERE words @@ %s::tsquery AND place = ANY(%s) AND (SELECT count(*) FROM (SELECT 1"
            f" FROM {name} WHERE words @@ %s::tsquery AND place = ANY(%s) LIMIT %s) AS found) < %s"
            f" ORDER BY score DESC LIMIT {MOST_PARTLY})"
            " SELECT key, score, 1 FROM wholly UNION ALL"
            " SELECT key, score, 0 FROM partly WHERE key NOT IN (SELECT key FROM wholly)"
        )


def _vector(document: Document) -> str:
    """The words as the text of a tsvector, each with as many positions as it occurs, under its label."""
    places: dict[str, list[str]] = {}
    for label, words in zip(_LABELS, (document.title, document.summary, document.body), strict=True):
        for word, count in words.items():
            held = places.setdefault(word, [])
            held += [f"{len(held) + n}{label}" for n in range(1, min(count, _MOST_POSITIONS) + 1)]
    return " ".join(f"'{word}':{','.join(held)}" for word, held in places.items())


def _any_of(words: Iterable[str]) -> str:
    # Words hold letters and digits only, so nothing in them can end the quotes.
    return "(" + " | ".join(f"'{word}'" for word in words) + ")"
