"""The index on SQLite: FTS5 over words cut beforehand, ranked by BM25 with the title first."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection

from huiqi.foundation.storage.search.index import MOST_PARTLY, Document, Hit, counts_of

# Weights of the columns in the order of the table: place, title, summary, body.
_RANK = "-bm25({name}_text, 0.0, 8.0, 3.0, 1.0)"


class SqliteIndex:
    """Tables ``<name>``, ``<name>_word``, ``<name>_made`` and the FTS5 table ``<name>_text``."""

    def __init__(self, name: str) -> None:
        self._name = name
        rank = _RANK.format(name=name)
        self._search = (
            f"WITH wholly AS MATERIALIZED (SELECT rowid AS number, {rank} AS score"  # noqa: S608
            f" FROM {name}_text WHERE {name}_text MATCH %s),"
            f" partly AS MATERIALIZED (SELECT rowid AS number, {rank} AS score"
            f" FROM {name}_text WHERE {name}_text MATCH %s"
            " AND (SELECT count(*) FROM"
            f" (SELECT 1 FROM {name}_text WHERE {name}_text MATCH %s LIMIT %s)) < %s"
            f" ORDER BY score DESC LIMIT {MOST_PARTLY})"
            f" SELECT key, score, 1 FROM wholly JOIN {name} USING (number)"
            f" UNION ALL SELECT key, score, 0 FROM partly JOIN {name} USING (number)"
            " WHERE number NOT IN (SELECT number FROM wholly)"
        )

    def rebuild(self, documents: Iterable[Document], made_from: str) -> None:
        name, all_documents = self._name, list(documents)
        with connection.cursor() as cursor:
            for table in (name, f"{name}_word", f"{name}_made"):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            cursor.execute(f"INSERT INTO {name}_text({name}_text) VALUES ('delete-all')")  # noqa: S608
            cursor.executemany(
                f"INSERT INTO {name}(number, key) VALUES (%s, %s)",  # noqa: S608
                [(number, each.key) for number, each in enumerate(all_documents, 1)],
            )
            cursor.executemany(
                f"INSERT INTO {name}_text(rowid, place, title, summary, body) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
                [
                    (number, each.place, _text(each.title), _text(each.summary), _text(each.body))
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
        each = [_any_of(group) for group in groups]
        wholly, partly = " AND ".join(each), " OR ".join(each)
        here = f"place : {_any_of(sorted(places))}" if places else 'place : "nowhere"'
        within = "{title summary body} : "
        asked: list[str | int] = [
            f"{within}({wholly})",
            f"{here} AND {within}({partly})",
            f"{here} AND {within}({wholly})",
            enough,
            enough,
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._search, asked)
            return tuple(Hit(key, score, bool(is_whole)) for key, score, is_whole in cursor.fetchall())


def _text(words: Counter[str]) -> str:
    return " ".join(words.elements())


def _any_of(words: Iterable[str]) -> str:
    # Words hold letters and digits only; the quotes keep AND, OR, NOT and NEAR from being operators.
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"
