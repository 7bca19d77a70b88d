"""Full-text search in the database: one port, an adapter for SQLite and one for PostgreSQL."""

from django.db import connection

from huiqi.foundation.storage.search.completion import Completer, Name, typed_runs
from huiqi.foundation.storage.search.index import Document, Hit, SearchIndex
from huiqi.foundation.storage.search.postgres import PostgresIndex
from huiqi.foundation.storage.search.question import Listener, Question
from huiqi.foundation.storage.search.sqlite import SqliteIndex
from huiqi.foundation.storage.search.vocabulary import Vocabulary
from huiqi.foundation.storage.search.words import Segmenter, normal

__all__ = [
    "Completer",
    "Document",
    "Hit",
    "Listener",
    "Name",
    "Question",
    "SearchIndex",
    "Segmenter",
    "Vocabulary",
    "normal",
    "search_index",
    "typed_runs",
]


def search_index(name: str) -> SearchIndex:
    """The index whose tables begin with ``name``, on the database this site uses."""
    return PostgresIndex(name) if connection.vendor == "postgresql" else SqliteIndex(name)
