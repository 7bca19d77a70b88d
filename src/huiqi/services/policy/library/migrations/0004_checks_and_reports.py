"""Checks are kept as they were written; reports are kept until somebody has dealt with them."""

import django.db.models.deletion
from django.db import migrations, models


TABLE = "library_itemcheck"
MESSAGE = "a check is never changed; add a new one"


def forbid_updates(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        action = "FOR EACH ROW EXECUTE FUNCTION library_refuse_update()"
    else:
        action = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    schema_editor.execute(f"CREATE TRIGGER {TABLE}_never_changes BEFORE UPDATE ON {TABLE} {action}")


def allow_updates(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_never_changes{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_search_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('checked_on', models.DateField()),
                ('checked_by', models.CharField(max_length=40)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='library.policyitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'revision', 'checked_on', 'checked_by'), name='one_check_a_person_a_day')],
            },
        ),
        migrations.CreateModel(
            name='MistakeReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_key', models.CharField(max_length=22, unique=True)),
                ('revision', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=16)),
                ('text', models.TextField(blank=True)),
                ('contact', models.CharField(blank=True, max_length=60)),
                ('reported_at', models.DateTimeField(db_index=True)),
                ('state', models.CharField(choices=[('open', '待处理')], default='open', max_length=16)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='library.policyitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open'])), name='report_state_known', violation_error_message='报错的状态只能是待处理。'), models.CheckConstraint(condition=models.Q(('kind__in', ['gone', 'amount', 'who', 'time', 'how', 'link', 'other'])), name='report_kind_known', violation_error_message='请从列出的选项里选。')],
            },
        ),
        migrations.RunPython(forbid_updates, allow_updates),
    ]
