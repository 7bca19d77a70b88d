"""The database refuses to change what two people agreed to."""

from django.db import migrations

from huiqi.foundation.storage.immutable import keep_for_ever


class Migration(migrations.Migration):

    dependencies = [('parameters', '0001_parameters')]

    operations = [
        keep_for_ever('parameters_parameterversion', 'id', 'proposal_id'),
        keep_for_ever('parameters_parametercallingoff', 'id', 'proposal_id', 'version_id'),
    ]
