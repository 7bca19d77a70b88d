from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.foundation.outbox.trial_room import TrialKinds
from tests.support.declaring import declared_by


@pytest.fixture(autouse=True)
def trial_kinds() -> Iterator[None]:
    """The site as if one of its rooms declared the trial kinds, too."""
    room = apps.get_app_config("outbox")
    kinds = {**room.outbox_kinds, **TrialKinds.outbox_kinds}
    verbs = {**room.audit_verbs, **TrialKinds.audit_verbs}
    with declared_by("outbox", outbox_kinds=kinds, audit_verbs=verbs):
        yield
