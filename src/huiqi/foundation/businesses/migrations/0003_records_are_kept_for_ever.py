from django.db import migrations

from huiqi.foundation.storage.immutable import keep_for_ever


class Migration(migrations.Migration):

    dependencies = [
        ("businesses", "0002_sheets"),
    ]

    operations = [keep_for_ever("businesses_factrecord", "id", "key")]
