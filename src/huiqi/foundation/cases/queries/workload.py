"""How much lies where: the few figures of a home, each a way into the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from huiqi.foundation.access.queries import relations_for
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.domain import Pile, Scope
from huiqi.foundation.cases.models import Case
from huiqi.foundation.cases.queries.desk import MOST_COUNTED, counts_of, inside_pile, inside_scope
from huiqi.foundation.cases.queries.rows import WITH, CaseRow, row_of

NEXT_SHOWN = 5
OWN_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Workload:
    """What whoever handles cases comes to in the morning. ``mine`` has every open pile of their own; ``ours``
    and ``raised`` the late ones of the organisation and of what was raised to it; ``scopes`` all open ones.
    All but ``mine`` go no further than MOST_COUNTED + 1. ``next_rows`` are the most urgent of their own.
    """

    mine: Mapping[Pile, int]
    ours: Mapping[Pile, int]
    raised: Mapping[Pile, int]
    scopes: Mapping[Scope, int]
    next_rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What a party has under way: how many, no further than MOST_COUNTED + 1, and those that end first."""

    count: int
    rows: tuple[CaseRow, ...]


def workload(actor: Actor, member_ids: frozenset[str], today: date) -> Workload:
    """The figures for ``actor``, who acts for these memberships: six questions, three more for who has others
    below; each goes along an index and no further than it is told.
    """
    mine = Case.objects.filter(inside_scope(actor, Scope.MINE, member_ids), closed_at__isnull=True)
    rows = mine.filter(is_waiting=False).select_related(*WITH)
    has_below = "below" in relations_for(actor, "cases.see")
    late = (Pile.OVERDUE, Pile.TODAY)
    return Workload(
        mine=counts_of(mine, today),
        ours={pile: _count(actor, Scope.OURS, pile, today) for pile in late},
        raised={pile: _count(actor, Scope.RAISED, pile, today) for pile in late if has_below},
        scopes={
            scope: _count(actor, scope, Pile.ALL, today)
            for scope in (Scope.FREE, Scope.OURS, Scope.RAISED)
            if has_below or scope is not Scope.RAISED
        },
        next_rows=tuple(
            row_of(case, today, is_ours=True)
            for case in rows.order_by(F("due_on").asc(nulls_last=True), "id")[:NEXT_SHOWN]
        ),
    )


def own_work(party_ids: frozenset[str], today: date) -> OwnWork:
    """The open cases of a party, what ends first before all; nobody's id finds nothing: two questions."""
    found = Case.objects.filter(party_id__in=party_ids - {""}, closed_at__isnull=True).exclude(party_id="")
    rows = found.select_related(*WITH).order_by(F("due_on").asc(nulls_last=True), "id")[:OWN_SHOWN]
    return OwnWork(found[: MOST_COUNTED + 1].count(), tuple(row_of(case, today) for case in rows))


def _count(actor: Actor, scope: Scope, pile: Pile, today: date) -> int:
    inside = Case.objects.filter(inside_scope(actor, scope, frozenset()), closed_at__isnull=True)
    return int(inside.filter(inside_pile(pile, today))[: MOST_COUNTED + 1].count())
