from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('library', '0007_old_reports_become_cases')]

    operations = [
        migrations.AlterField('MistakeReport', 'case_number', models.CharField(max_length=24, unique=True)),
    ]
