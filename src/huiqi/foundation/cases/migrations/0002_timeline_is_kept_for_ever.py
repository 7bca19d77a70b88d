"""The database refuses to change the timeline and the rungs that were reached."""

from django.db import migrations

from huiqi.foundation.storage.immutable import keep_for_ever


class Migration(migrations.Migration):

    dependencies = [('cases', '0001_cases')]

    operations = [
        keep_for_ever('cases_caseevent', 'id', 'form_key'),
        keep_for_ever('cases_reachedrung', 'id'),
    ]
