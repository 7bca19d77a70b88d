"""Members: who they are, who was invited, who stands in for whom."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from huiqi.foundation.access.queries import may, relations_for, role_words
from huiqi.foundation.accounts.domain import KINDS, Member, Organisation, Person
from huiqi.foundation.accounts.domain.members import Deputy, Invitation, InvitationState, Steps
from huiqi.foundation.accounts.models import Deputy as DeputyRow
from huiqi.foundation.accounts.models import Invitation as InvitationRow
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries.organisations import as_id, organisations_below, shown
from huiqi.foundation.accounts.queries.relations import relations_to
from huiqi.foundation.audit.actions import Actor

_INVITATIONS = InvitationRow.objects.select_related("organisation", "invited_by")
_DEPUTIES = DeputyRow.objects.select_related("absent__person", "deputy__person")


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A member on the page of their organisation."""

    member: Member
    role_label: str
    since: datetime
    deputies: tuple[Deputy, ...]
    may_end: bool
    may_depute: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """An organisation as whoever may see it sees it; what they may do there is asked of the table."""

    organisation: Organisation
    kind_label: str
    lines: tuple[RosterLine, ...]
    invitations: tuple[Invitation, ...]
    branches: tuple[Organisation, ...]
    may_invite: bool
    may_change: bool
    roles: tuple[tuple[str, str], ...] = field(default=())


def member_of(row: Membership) -> Member:
    """A row as others get it."""
    person = Person(str(row.person_id), str(row.person))
    return Member(str(row.pk), person, shown(row.organisation), row.role)


def member(membership_id: str) -> Member | None:
    """The member of this id who is one now; None where there is none."""
    key = as_id(membership_id)
    row = _current().filter(pk=key).first() if key else None
    return member_of(row) if row else None


def members_in(organisation_id: str) -> tuple[Member, ...]:
    """Who belongs to an organisation now, the highest role first."""
    return tuple(member_of(row) for row in _rows_of(organisation_id))


def roster_of(actor: Actor, organisation: Organisation, now: datetime) -> Roster:
    """The page of an organisation: five questions, however many members it has."""
    rows = _rows_of(organisation.id)
    deputies = _deputies_among([row.pk for row in rows], now.date())
    found = relations_to(actor, organisation.id, "accounts.invite")
    may_invite = may(actor, "accounts.invite", found)
    lines = tuple(
        RosterLine(
            member_of(row),
            role_words(row.role),
            row.from_at,
            tuple(each for each in deputies if each.absent_id == str(row.pk)),
            may(actor, "accounts.end_membership", _and_own(found, row, actor)),
            may(actor, "accounts.appoint_deputy", _and_own(found, row, actor)),
        )
        for row in rows
    )
    kind = KINDS[organisation.kind]
    return Roster(
        organisation,
        kind.label,
        lines,
        _undecided(_INVITATIONS.filter(organisation_id=organisation.id), now) if may_invite else (),
        _branches(actor, organisation),
        may_invite,
        may(actor, "accounts.change_organisation", {"all"}),
        tuple((role, role_words(role)) for role in kind.roles),
    )


def invitation_by_secret(secret: str, now: datetime) -> Invitation | None:
    """What a link with this secret invites to; None for a link nobody made."""
    row = _INVITATIONS.filter(secret_hash=digest_of(secret)).first()
    return invitation_of(row, now) if row else None


def invitation(invitation_id: str, now: datetime) -> Invitation | None:
    """The invitation of this id, however it stands."""
    key = as_id(invitation_id)
    row = _INVITATIONS.filter(pk=key).first() if key else None
    return invitation_of(row, now) if row else None


def waiting_grants(actor: Actor, now: datetime) -> tuple[Invitation, ...]:
    """The grants that wait for a second pair of eyes, the oldest first; nothing for whom the table lets see
    none.
    """
    if "all" not in relations_for(actor, "accounts.see_grants"):
        return ()
    found = _undecided(_INVITATIONS.filter(needs_approval=True, approved_at__isnull=True), now)
    return tuple(each for each in found if each.state is InvitationState.WAITING)


def deputies_of(membership_id: str, as_of: date) -> tuple[str, ...]:
    """The ids of the memberships that act for an absent one on a day."""
    rows = _in_force(as_of).filter(absent=as_id(membership_id))
    return tuple(str(pk) for pk in rows.order_by("made_at", "id").values_list("deputy_id", flat=True))


def acts_for(membership_id: str, as_of: date) -> tuple[str, ...]:
    """The ids of the absent memberships one acts for on a day: their cases are shown beside one's own."""
    rows = _in_force(as_of).filter(deputy=as_id(membership_id))
    return tuple(str(pk) for pk in rows.order_by("made_at", "id").values_list("absent_id", flat=True))


def deputy(deputy_id: str) -> Deputy | None:
    """One arrangement that is not over, by its id."""
    key = as_id(deputy_id)
    row = _DEPUTIES.filter(pk=key, ended_at__isnull=True).first() if key else None
    return _deputy(row) if row else None


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_of(row: InvitationRow, now: datetime) -> Invitation:
    """A row as others get it."""
    steps = Steps(row.needs_approval, row.expires_at, row.approved_at, row.accepted_at, row.withdrawn_at)
    inviter = Person(str(row.invited_by_id), str(row.invited_by))
    return Invitation(
        str(row.pk),
        shown(row.organisation),
        row.role,
        str(row.phone),
        inviter,
        row.made_at,
        row.expires_at,
        steps.state(now),
        row.reason,
    )


def _current() -> QuerySet[Membership]:
    return Membership.objects.select_related("person", "organisation").filter(
        until_at__isnull=True, person__left_at__isnull=True, organisation__closed_at__isnull=True
    )


def _rows_of(organisation_id: str) -> list[Membership]:
    rows = _current().filter(organisation_id=organisation_id).order_by("from_at", "id")
    return sorted(rows, key=lambda row: _height(row.organisation.kind, row.role))


def _height(kind: str, role: str) -> int:
    roles = KINDS[kind].roles
    return roles.index(role) if role in roles else len(roles)


def _and_own(found: frozenset[str], row: Membership, actor: Actor) -> frozenset[str]:
    return found | {"own"} if str(row.person_id) == actor.id and "organisation" in found else found


def _branches(actor: Actor, organisation: Organisation) -> tuple[Organisation, ...]:
    reached = relations_for(actor, "accounts.see_organisation")
    return organisations_below(organisation.id) if reached & {"below", "all"} else ()


def _undecided(rows: QuerySet[InvitationRow], now: datetime) -> tuple[Invitation, ...]:
    rows = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).order_by("made_at", "id")
    return tuple(invitation_of(row, now) for row in rows)


def _in_force(as_of: date) -> QuerySet[DeputyRow]:
    return DeputyRow.objects.filter(
        from_on__lte=as_of,
        until_on__gte=as_of,
        ended_at__isnull=True,
        absent__until_at__isnull=True,
        deputy__until_at__isnull=True,
    )


def _deputies_among(memberships: Iterable[object], today: date) -> tuple[Deputy, ...]:
    is_ahead = Q(ended_at__isnull=True, until_on__gte=today, deputy__until_at__isnull=True)
    rows = _DEPUTIES.filter(is_ahead, absent__in=list(memberships)).order_by("from_on", "id")
    return tuple(_deputy(row) for row in rows)


def _deputy(row: DeputyRow) -> Deputy:
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
