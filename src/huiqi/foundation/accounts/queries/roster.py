"""The page of an organisation: members, invitations, what stands below, and what one may do there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from huiqi.foundation.access.queries import may, relations_for, role_words
from huiqi.foundation.accounts.domain import KINDS, Member, Organisation
from huiqi.foundation.accounts.domain.members import Deputy, Invitation
from huiqi.foundation.accounts.domain.organisations import in_tree_order
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries.invited import invitations_of
from huiqi.foundation.accounts.queries.members import DEPUTIES, deputy_of, known_name, member_of, rows_of
from huiqi.foundation.accounts.queries.organisations import organisation_of, organisations_below
from huiqi.foundation.accounts.queries.relations import relations_to
from huiqi.foundation.accounts.queries.workplaces import NO_WORKPLACES
from huiqi.foundation.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A member on the page of their organisation. ``name`` is in full for colleagues; ``phone``, masked, is
    for who may let the member go. ``deputies`` are those of now and of the days ahead.
    """

    member: Member
    name: str
    phone: str
    role_label: str
    since: datetime
    deputies: tuple[Deputy, ...]
    is_self: bool
    may_end: bool
    may_hand_over: bool
    may_depute: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """An organisation as whoever may see it sees it; what they may do there is asked of the table.
    ``branches`` stand in the order of the tree, each with how deep it stands.
    """

    organisation: Organisation
    kind_label: str
    parent: Organisation | None
    is_own: bool
    lines: tuple[RosterLine, ...]
    invitations: tuple[Invitation, ...]
    branches: tuple[tuple[Organisation, int], ...]
    may_invite: bool
    may_change: bool


def roster_of(actor: Actor, organisation: Organisation, now: datetime) -> Roster:
    """The page of an organisation: as many questions however many members it has."""
    rows = rows_of(organisation.id)
    found = relations_to(actor, organisation.id, "accounts.invite")
    may_invite = may(actor, "accounts.invite", found)
    names = {str(row.pk): known_name(row, found) for row in rows}
    deputies = [
        replace(each, absent=names[each.absent_id], deputy=names[each.deputy_id])
        for each in _deputies_among([row.pk for row in rows], now.date())
    ]
    return Roster(
        organisation=organisation,
        kind_label=KINDS[organisation.kind].label,
        parent=organisation_of(organisation.parent_id) if organisation.parent_id else None,
        is_own="organisation" in found,
        lines=tuple(_line(actor, row, found, deputies) for row in rows),
        invitations=invitations_of(organisation.id, now) if may_invite else (),
        branches=_branches(actor, organisation),
        may_invite=may_invite,
        may_change=may(actor, "accounts.change_organisation", found),
    )


def _line(actor: Actor, row: Membership, found: frozenset[str], deputies: list[Deputy]) -> RosterLine:
    is_self = str(row.person_id) == actor.id and "organisation" in found
    relations = found | {"own"} if is_self else found
    may_end = may(actor, "accounts.end_membership", relations)
    has_work = row.organisation.kind not in NO_WORKPLACES
    return RosterLine(
        member=member_of(row),
        name=known_name(row, found),
        phone=str(row.person.phone) if may_end else "",
        role_label=role_words(row.role),
        since=row.from_at,
        deputies=tuple(each for each in deputies if each.absent_id == str(row.pk)),
        is_self=is_self,
        may_end=may_end,
        may_hand_over=has_work and may(actor, "accounts.hand_over", relations),
        may_depute=has_work and may(actor, "accounts.appoint_deputy", relations),
    )


def _deputies_among(memberships: Iterable[UUID], today: date) -> list[Deputy]:
    """The arrangements among members who are members now, of today and ahead."""
    ids = list(memberships)
    is_ahead = Q(ended_at__isnull=True, until_on__gte=today, deputy__in=ids)
    return [deputy_of(row) for row in DEPUTIES.filter(is_ahead, absent__in=ids).order_by("from_on", "id")]


def _branches(actor: Actor, organisation: Organisation) -> tuple[tuple[Organisation, int], ...]:
    if not relations_for(actor, "accounts.see_organisation") & {"below", "all"}:
        return ()
    return in_tree_order(organisations_below(organisation.id), organisation.id)
