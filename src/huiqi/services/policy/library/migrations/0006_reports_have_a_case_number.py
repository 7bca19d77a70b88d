from django.db import migrations, models


class Migration(migrations.Migration):
    """How a report stands is told by its case from here on."""

    dependencies = [('library', '0005_contacts_are_encrypted')]

    operations = [
        migrations.AddField('MistakeReport', 'case_number', models.CharField(max_length=24, null=True)),
        migrations.RemoveConstraint('MistakeReport', 'report_state_known'),
        migrations.RemoveField('MistakeReport', 'state'),
    ]
