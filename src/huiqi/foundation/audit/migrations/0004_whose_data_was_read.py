"""Whose data a look read. Plain ALTER TABLE: Django would build SQLite's table anew and lose its triggers."""

from django.db import migrations, models

COLUMNS = {"party_id": 80, "party_name": 120}


def _added(name, length):
    change = migrations.RunSQL(
        f"ALTER TABLE audit_auditentry ADD COLUMN {name} varchar({length}) NOT NULL DEFAULT ''",
        f"ALTER TABLE audit_auditentry DROP COLUMN {name}",
        state_operations=[
            migrations.AddField(
                "auditentry",
                name,
                models.CharField(
                    max_length=length,
                    db_default="",
                    **({"help_text": "whose data was read"} if name == "party_id" else {}),
                ),
            )
        ],
    )
    return change


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_by_whom_it_was_done_for")]
    operations = [
        *(_added(name, length) for name, length in COLUMNS.items()),
        migrations.AddIndex(
            "auditentry", models.Index(fields=["happened_at", "id"], name="audit_by_moment")
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(
                fields=["party_id", "id"], name="audit_by_party", condition=~models.Q(party_id="")
            ),
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(
                fields=["request_id", "id"], name="audit_by_request", condition=~models.Q(request_id="")
            ),
        ),
    ]
