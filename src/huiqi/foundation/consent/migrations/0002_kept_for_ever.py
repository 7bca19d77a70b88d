"""The database refuses to change what somebody agreed to, the words they were shown, and its end."""

from django.db import migrations

from huiqi.foundation.storage.immutable import keep_for_ever


class Migration(migrations.Migration):

    dependencies = [('consent', '0001_consents')]

    operations = [
        keep_for_ever('consent_consenttext', 'id', 'sha256'),
        keep_for_ever('consent_consent', 'id', 'form_key'),
        keep_for_ever('consent_consentedclass', 'id'),
        keep_for_ever('consent_consentrevocation', 'id', 'consent_id'),
    ]
