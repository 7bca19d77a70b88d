"""The office that runs the platform: there from the moment something comes in for it."""

import uuid
from datetime import datetime

from django.db import transaction

from huiqi.foundation.accounts.models import Organisation
from huiqi.foundation.accounts.queries import first_of_kind
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

PLATFORM, PLATFORM_NAME = "platform", "平台运营"
# Always the same, so that two first reports at once make one office.
PLATFORM_ID = uuid.UUID("a7a4d0f2-5a0e-5c44-9d0b-0d6f6b1c2e10")
SYSTEM = Actor("system", "系统")


def platform_office(now: datetime) -> str:
    """The id of the oldest office that runs the platform; one is made where a city has set up none yet."""
    found = first_of_kind(PLATFORM)
    if found:
        return found.id
    with transaction.atomic():
        row, is_new = Organisation.objects.get_or_create(
            pk=PLATFORM_ID, defaults={"kind": PLATFORM, "name": PLATFORM_NAME, "created_at": now}
        )
        if is_new:
            subject = Subject("organisation", str(row.pk), row.name)
            record(Entry(now, SYSTEM, "accounts.make_platform_office", subject))
    return str(row.pk)
