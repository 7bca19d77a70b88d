"""Support members who see the site as somebody: whom they may see so, and who has seen it as oneself."""

from dataclasses import dataclass
from datetime import datetime

from huiqi.foundation.access.queries import role_words
from huiqi.foundation.accounts.domain.members import NEVER_SEEN
from huiqi.foundation.accounts.models import Membership, Person, SupportLook
from huiqi.foundation.accounts.queries.acting import memberships_of
from huiqi.foundation.accounts.queries.organisations import as_id

LOOKS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class View:
    """One way to see the site as somebody: in one of their roles, or, the id empty, as a person."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody found by their number, masked, with the ways to see the site as they do."""

    person_id: str
    name: str
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One time somebody of support saw the site as oneself."""

    by: str
    view: str
    reason: str
    from_at: datetime
    until_at: datetime


def seen_by_phone(phone: str) -> Seen | None:
    """Who has this number and may be seen as; None for nobody, and for whom nobody may see the site as."""
    person = Person.objects.filter(phone_index=phone, left_at__isnull=True).first()
    if person is None:
        return None
    memberships = memberships_of(person)
    if any(each.role in NEVER_SEEN for each in memberships):
        return None
    roles = [View(str(each.pk), _words(each)) for each in memberships]
    return Seen(str(person.pk), str(person), (*roles, View("", _words(None))))


def looks_at(person_id: str) -> tuple[Look, ...]:
    """Who of support saw the site as this person, the newest first. At most 100."""
    rows = SupportLook.objects.select_related("support", "membership__organisation").filter(
        seen=as_id(person_id)
    )
    return tuple(
        Look(
            str(row.support),
            _words(row.membership),
            row.reason,
            row.from_at,
            min(row.ended_at or row.until_at, row.until_at),
        )
        for row in rows.order_by("-from_at", "id")[:LOOKS_SHOWN]
    )


def _words(membership: Membership | None) -> str:
    return f"{role_words(membership.role)}，{membership.organisation.name}" if membership else "个人"
