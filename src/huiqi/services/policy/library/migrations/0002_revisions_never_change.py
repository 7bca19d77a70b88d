"""The database itself refuses to change a revision, whoever asks."""

from django.db import migrations

TABLES = ("library_itemrevision", "library_dictionaryrevision", "library_edition")
MESSAGE = "a revision is never changed; add a new one"


def forbid_updates(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION library_refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
    for table in TABLES:
        if vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION library_refuse_update()"
            )
        elif vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def allow_updates(apps, schema_editor):
    on = {"postgresql": " ON {table}", "sqlite": ""}.get(schema_editor.connection.vendor)
    if on is None:
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes" + on.format(table=table))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION library_refuse_update()")


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(forbid_updates, allow_updates)]
