"""The tables of the search index; load_seed fills them. What they hold can be made again at any time."""

from django.db import migrations

BOTH = (
    "CREATE TABLE library_search_word (word text PRIMARY KEY, documents integer NOT NULL)",
    "CREATE TABLE library_search_made (made_from text NOT NULL)",
)
SQLITE = (
    "CREATE TABLE library_search (number integer PRIMARY KEY, key text NOT NULL UNIQUE)",
    # Words come cut and lowered; `ascii` takes every other character for a letter, so none is lost.
    "CREATE VIRTUAL TABLE library_search_text USING fts5"
    "(place, title, summary, body, content='', tokenize='ascii')",
    *BOTH,
)
POSTGRESQL = (
    "CREATE TABLE library_search (number integer PRIMARY KEY, key text NOT NULL UNIQUE,"
    " place text NOT NULL, words tsvector NOT NULL)",
    "CREATE INDEX library_search_words ON library_search USING gin (words)",
    *BOTH,
)
TABLES = {
    "sqlite": ("library_search", "library_search_text", "library_search_word", "library_search_made"),
    "postgresql": ("library_search", "library_search_word", "library_search_made"),
}


def make(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("library", "0002_revisions_never_change")]
    operations = [migrations.RunPython(make, drop)]
