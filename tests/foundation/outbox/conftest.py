from collections.abc import Iterator

import pytest
from django.apps import apps

from huiqi.foundation.audit.queries import verbs
from huiqi.foundation.outbox.queries import kinds
from tests.foundation.outbox.trial_room import TrialKinds


@pytest.fixture(autouse=True)
def trial_kinds() -> Iterator[None]:
    """The site as if one of its rooms declared the trial kinds, too."""
    room = apps.get_app_config("outbox")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "outbox_kinds", {**room.outbox_kinds, **TrialKinds.outbox_kinds})
        patch.setattr(room, "audit_verbs", {**room.audit_verbs, **TrialKinds.audit_verbs})
        _ask_anew()
        yield
    _ask_anew()


def _ask_anew() -> None:
    kinds.cache_clear()
    verbs.cache_clear()
