"""The database refuses to change entries and seals, and lists every new entry as waiting for its seal."""

from django.db import migrations

from huiqi.foundation.storage.immutable import keep_for_ever

WAIT = {
    "sqlite": (
        "CREATE TRIGGER audit_auditentry_waits AFTER INSERT ON audit_auditentry "
        "BEGIN INSERT INTO audit_auditunsealed (entry_id) VALUES (NEW.id); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_auditentry_wait() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO audit_auditunsealed (entry_id) VALUES (NEW.id); RETURN NULL; END $$",
        "CREATE TRIGGER audit_auditentry_waits AFTER INSERT ON audit_auditentry "
        "FOR EACH ROW EXECUTE FUNCTION audit_auditentry_wait()",
    ),
}
WAIT_NO_MORE = {
    "sqlite": ("DROP TRIGGER audit_auditentry_waits",),
    "postgresql": (
        "DROP TRIGGER audit_auditentry_waits ON audit_auditentry",
        "DROP FUNCTION audit_auditentry_wait()",
    ),
}


def wait(apps, schema_editor):
    for statement in WAIT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def wait_no_more(apps, schema_editor):
    for statement in WAIT_NO_MORE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        keep_for_ever("audit_auditentry", "id"),
        keep_for_ever("audit_auditseal", "sequence", "entry_id"),
        migrations.RunPython(wait, wait_no_more),
    ]
