"""Tells somebody this and that on a site of its own and prints the session they are signed in with."""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiqi.config.settings")
django.setup()

from django.apps import apps  # noqa: E402 - after setup

from huiqi.foundation.notices.actions import withdraw  # noqa: E402
from tests.foundation.notices import trial  # noqa: E402
from tests.support.numbers import agreed  # noqa: E402
from tests.support.people import client_of, someone  # noqa: E402

apps.get_app_config("notices").notice_kinds = trial.KINDS  # type: ignore[attr-defined]
agreed("notices.quiet_from", 8)  # as the other: nothing waits for the morning
owner = someone("owner")
me = owner.person.pk
for number in range(22):
    before = trial.NOW - timedelta(hours=number)
    trial.told("trial.news", f"news-{number}-{me}", owner.person, now=before, link="/policies/")
withdrawn = trial.told("trial.progress", f"progress-{me}", owner.person)
trial.work(trial.NOW)
withdraw(withdrawn, "写错了办件编号", trial.NOW, trial.OFFICER)
trial.told("trial.urgent", f"urgent-{me}", owner.person)
trial.told("trial.due", f"due-{me}", owner.person, link="/policies/")
print(client_of(owner).cookies["sessionid"].value)  # noqa: T201
