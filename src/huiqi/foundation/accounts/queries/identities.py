"""Which accounts elsewhere sign somebody in."""

from dataclasses import dataclass
from datetime import datetime

from huiqi.foundation.accounts.models import ExternalIdentity


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """``provider`` is its name as it was when the identity was connected."""

    id: str
    issuer: str
    provider: str
    connected_at: datetime


def identities_of(person_id: str) -> tuple[OwnIdentity, ...]:
    """The oldest first."""
    return tuple(
        OwnIdentity(str(each.pk), each.issuer, each.provider, each.connected_at)
        for each in ExternalIdentity.objects.filter(person_id=person_id).order_by("connected_at")
    )
