from django.db import migrations

from huiqi.foundation.storage.fields import EncryptedTextField
from huiqi.foundation.storage.fields.rotation import open_sealed, seal_plain


def seal_contacts(apps, schema_editor):
    seal_plain(apps.get_model('library', 'MistakeReport'), 'contact')


def open_contacts(apps, schema_editor):
    open_sealed(apps.get_model('library', 'MistakeReport'), 'contact')


class Migration(migrations.Migration):
    """What reporters left to be reached by is encrypted from here on, and what they had left before too."""

    dependencies = [('library', '0004_checks_and_reports')]

    operations = [
        migrations.AlterField(
            'MistakeReport',
            'contact',
            EncryptedTextField(blank=True, bound_to='form_key', kind='phone'),
        ),
        migrations.RunPython(seal_contacts, open_contacts),
    ]
