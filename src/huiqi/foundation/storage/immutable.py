"""Rows that are written once: the model refuses to change them, and so does the database, whoever asks."""

from typing import Any, ClassVar, NoReturn

from django.db import migrations, models

REFUSAL = "rows of this table are kept for ever as they were written"


class ImmutableError(TypeError):
    """Something tried to change or remove a row that is kept for ever."""


class ImmutableQuerySet(models.QuerySet[Any]):
    """Refuses to change or remove rows in bulk."""

    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        raise ImmutableError(REFUSAL)

    def delete(self) -> NoReturn:
        raise ImmutableError(REFUSAL)


class ImmutableModel(models.Model):
    """A row that is written once. Its migration calls `keep_for_ever`, so the database refuses too."""

    objects: ClassVar[models.Manager[Any]] = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableError(REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        raise ImmutableError(REFUSAL)


def keep_for_ever(table: str, *keys: str) -> migrations.RunPython:
    """A migration step after which ``table`` takes no UPDATE, DELETE or TRUNCATE.

    ``keys`` are its unique columns: SQLite's INSERT OR REPLACE would remove the row in its way without
    asking a trigger on DELETE.
    """
    return migrations.RunPython(
        lambda _, editor: _each(editor, refusals(table, *keys)),
        lambda _, editor: _each(editor, permissions(table)),
    )


def refusals(table: str, *keys: str) -> dict[str, tuple[str, ...]]:
    """The statements that forbid changes, by kind of database."""
    taken = " OR ".join(f"{key} = NEW.{key}" for key in keys)
    in_the_way = f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608 - names of ours alone
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    raising = f"plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    changes = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
    return {
        "sqlite": (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {in_the_way} {refuse}",
        ),
        "postgresql": (
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE {raising}",
            f"CREATE TRIGGER {table}_no_change {changes} EXECUTE FUNCTION {table}_refuse()",
        ),
    }


def permissions(table: str) -> dict[str, tuple[str, ...]]:
    """The statements that undo `refusals`."""
    return {
        "sqlite": tuple(f"DROP TRIGGER {table}_no_{what}" for what in ("update", "delete", "replace")),
        "postgresql": (
            f"DROP TRIGGER {table}_no_change ON {table}",
            f"DROP FUNCTION {table}_refuse()",
        ),
    }


def _each(editor: Any, statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[editor.connection.vendor]:
        editor.execute(statement)
