"""Members: who they are, and who stands in for whom."""

from collections.abc import Set
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from huiqi.foundation.accounts.domain import KINDS, Member, Person
from huiqi.foundation.accounts.domain.members import Deputy
from huiqi.foundation.accounts.models import Deputy as DeputyRow
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries.organisations import as_id, shown

# Who knows a member by full name: colleagues, and whoever leads what stands above them.
_NEAR = frozenset({"organisation", "below"})
_NAMES = ("absent__person", "deputy__person")
# Everybody who is a member of an open organisation now.
CURRENT = Membership.objects.select_related("person", "organisation").filter(
    until_at__isnull=True, person__left_at__isnull=True, organisation__closed_at__isnull=True
)
DEPUTIES = DeputyRow.objects.select_related(*_NAMES)


def member_of(row: Membership) -> Member:
    """A row as others get it."""
    person = Person(str(row.person_id), str(row.person))
    return Member(str(row.pk), person, shown(row.organisation), row.role)


def member(membership_id: str) -> Member | None:
    """The member of this id who is one now; None where there is none."""
    key = as_id(membership_id)
    row = CURRENT.filter(pk=key).first() if key else None
    return member_of(row) if row else None


def members_in(organisation_id: str) -> tuple[Member, ...]:
    """Who belongs to an organisation now, the highest role first."""
    return tuple(member_of(row) for row in rows_of(organisation_id))


def deputies_of(membership_id: str, as_of: date) -> tuple[str, ...]:
    """The ids of the memberships that act for an absent one on a day."""
    rows = _in_force(as_of).filter(absent=as_id(membership_id))
    return tuple(str(pk) for pk in rows.order_by("made_at", "id").values_list("deputy_id", flat=True))


def acts_for(membership_id: str, as_of: date) -> tuple[str, ...]:
    """The ids of the absent memberships one acts for on a day: their cases are shown beside one's own."""
    rows = _in_force(as_of).filter(deputy=as_id(membership_id))
    return tuple(str(pk) for pk in rows.order_by("made_at", "id").values_list("absent_id", flat=True))


def stands_in_for(membership_id: str, as_of: date) -> tuple[Deputy, ...]:
    """What one is deputy in on a day, with the absent's full name: for the deputy's own eyes."""
    rows = (
        _in_force(as_of).filter(deputy=as_id(membership_id)).select_related(*_NAMES).order_by("made_at", "id")
    )
    return tuple(replace(deputy_of(row), absent=known_name(row.absent, _NEAR)) for row in rows)


def deputy(deputy_id: str) -> Deputy | None:
    """One arrangement that is not over, by its id."""
    key = as_id(deputy_id)
    row = DEPUTIES.filter(pk=key, ended_at__isnull=True).first() if key else None
    return deputy_of(row) if row else None


def known_name(row: Membership, relations: Set[str]) -> str:
    """A member's name for somebody with these relations to the organisation: in full for who is near."""
    return (row.person.name.reveal() if relations & _NEAR else "") or str(row.person)


def rows_of(organisation_id: str) -> list[Membership]:
    """The members of an organisation now, the highest role first; one question."""
    rows = CURRENT.filter(organisation_id=organisation_id).order_by("from_at", "id")
    return sorted(rows, key=lambda row: _height(row.organisation.kind, row.role))


def _height(kind: str, role: str) -> int:
    roles = KINDS[kind].roles
    return roles.index(role) if role in roles else len(roles)


def _in_force(as_of: date) -> QuerySet[DeputyRow]:
    return DeputyRow.objects.filter(
        from_on__lte=as_of,
        until_on__gte=as_of,
        ended_at__isnull=True,
        absent__until_at__isnull=True,
        deputy__until_at__isnull=True,
    )


def deputy_of(row: DeputyRow) -> Deputy:
    """A row as others get it; names are masked."""
    return Deputy(
        str(row.pk),
        str(row.absent_id),
        str(row.absent.person),
        str(row.deputy_id),
        str(row.deputy.person),
        row.from_on,
        row.until_on,
        row.reason,
    )
