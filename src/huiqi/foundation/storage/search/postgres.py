"""The index on PostgreSQL: a tsvector of words cut beforehand, under a GIN index."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

from huiqi.foundation.storage.search.index import MOST_PARTLY, Document
from huiqi.foundation.storage.search.tables import IndexTables

_WEIGHTS = "'{0.12, 0.12, 0.35, 1.0}'"  # of the labels D, C, B, A: body, -, summary, title
_LABELS = "ABD"
_MOST_POSITIONS = 20


class PostgresIndex(IndexTables):
    """The words of a document stand in the table ``<name>`` itself."""

    def _fill(self, cursor: CursorWrapper, documents: Sequence[Document]) -> None:
        cursor.executemany(
            f"INSERT INTO {self._name}(number, key, place, words) VALUES (%s, %s, %s, %s::tsvector)",  # noqa: S608
            [(number, each.key, each.place, _vector(each)) for number, each in enumerate(documents, 1)],
        )

    def _question(
        self, groups: tuple[tuple[str, ...], ...], places: Sequence[str], enough: int
    ) -> tuple[str, list[Any]]:
        name = self._name
        # ts_rank divides by the number of words asked and knows no rarity: both are made up for here.
        rarity = (
            f"(SELECT coalesce(ln(1.0 + (SELECT count(*) FROM {name})::float8 / max(documents)), 1)"  # noqa: S608
            f" FROM {name}_word WHERE word = ANY(%s))"
        )
        score = " + ".join([f"{rarity} * %s * ts_rank({_WEIGHTS}, words, %s::tsquery)"] * len(groups))
        held = " + ".join(["(words @@ %s::tsquery)::int"] * len(groups))
        statement = (
            f"WITH wholly AS MATERIALIZED (SELECT key, {score} AS score FROM {name}"  # noqa: S608
            " WHERE words @@ %s::tsquery),"
            f" partly AS MATERIALIZED (SELECT key, {score} AS score, {held} AS held FROM {name}"
            " WHERE words @@ %s::tsquery AND place = ANY(%s) AND (SELECT count(*) FROM (SELECT 1"
            f" FROM {name} WHERE words @@ %s::tsquery AND place = ANY(%s) LIMIT %s) AS found) < %s),"
            f" best AS (SELECT * FROM partly WHERE held < {len(groups)} ORDER BY score * held DESC"
            f" LIMIT {MOST_PARTLY})"
            f" SELECT key, score, {len(groups)} FROM wholly UNION ALL SELECT key, score, held FROM best"
        )
        queries = [_any_of(group) for group in groups]
        rank: list[Any] = []
        for group, query in zip(groups, queries, strict=True):
            rank += [list(group), len(group), query]
        wholly, partly, here = " & ".join(queries), " | ".join(queries), list(places)
        return statement, [*rank, wholly, *rank, *queries, partly, here, wholly, here, enough, enough]


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
