"""What is due next: the desk of whoever handles cases, by the same few questions however many there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from huiqi.foundation.access.queries import relations_for
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.cases.domain import Pile, Scope, Week, read_number
from huiqi.foundation.cases.models import Case
from huiqi.foundation.cases.queries.rows import WITH, CaseRow, row_of

PER_PAGE = 50
MOST_COUNTED = 999
LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class DeskFilters:
    """What a desk shows. ``member_ids`` are the memberships one acts for: one's own, and those one stands in
    for; ``text`` is a number, or words each of which stands in number, title or party.
    """

    member_ids: frozenset[str] = field(default_factory=frozenset)
    scope: Scope = Scope.MINE
    pile: Pile = Pile.ALL
    kind: str = ""
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of a desk. ``counts`` has every open pile, whatever pile is shown; ``scopes`` goes no further
    than MOST_COUNTED + 1.
    """

    rows: tuple[CaseRow, ...]
    counts: Mapping[Pile, int]
    scopes: Mapping[Scope, int]
    number: int
    pages: int
    total: int


def desk(actor: Actor, filters: DeskFilters, today: date) -> Desk:
    """The cases ``actor`` may see that fit, the most urgent first. As many questions however many cases."""
    scopes = {scope: inside_scope(actor, scope, filters.member_ids) for scope in Scope}
    inside = _narrowed(Case.objects.filter(scopes[filters.scope]), filters)
    open_ones = inside.filter(closed_at__isnull=True)
    counts = counts_of(open_ones, today)
    is_closed = filters.pile is Pile.CLOSED
    chosen = (
        inside.filter(closed_at__isnull=False)
        if is_closed
        else open_ones.filter(inside_pile(filters.pile, today))
    )
    total = chosen.count() if is_closed else counts[filters.pile]
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, filters.page), pages)
    order = ("-closed_at", "id") if is_closed else (F("due_on").asc(nulls_last=True), "id")
    rows = chosen.select_related(*WITH).order_by(*order)[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Desk(
        rows=tuple(row_of(case, today, is_ours=True) for case in rows),
        counts=counts,
        scopes=_scope_counts(scopes),
        number=number,
        pages=pages,
        total=total,
    )


def cases_of_party(party_ids: frozenset[str], today: date, limit: int = 200) -> tuple[CaseRow, ...]:
    """What a party has under way and what is done, the newest first; nobody's id finds nothing."""
    ids = party_ids - {""}
    rows = Case.objects.select_related(*WITH).filter(party_id__in=ids).exclude(party_id="")
    return tuple(row_of(case, today) for case in rows.order_by("-opened_at", "id")[:limit])


def open_counts(organisation_id: str) -> Mapping[str, int]:
    """How many open cases each member of an organisation has, by membership id."""
    rows = Case.objects.filter(
        organisation_id=organisation_id, closed_at__isnull=True, assignee__isnull=False
    ).values_list("assignee")
    return {str(member): count for member, count in rows.annotate(count=Count("id")).order_by("assignee")}


def open_count(member_id: str) -> int:
    """How many open cases lie with one member, by the membership's id."""
    return Case.objects.filter(assignee__in=[member_id], closed_at__isnull=True).count()


def inside_scope(actor: Actor, scope: Scope, member_ids: frozenset[str]) -> Q:
    """What lies in a scope, and never more than the table of rights lets this role see."""
    relations = relations_for(actor, "cases.see")
    nothing = Q(pk__in=[])
    ours = actor.organisation.id if actor.organisation else None
    if ours is None:
        return nothing
    if scope is Scope.RAISED:
        return Q(overseer=ours) if "below" in relations else nothing
    if "organisation" not in relations:
        return nothing
    # Who acts for two organisations sees at each only what is there.
    of_scope = {
        Scope.MINE: Q(assignee__in=member_ids),
        Scope.FREE: Q(assignee__isnull=True),
        Scope.OURS: Q(),
    }
    return Q(organisation=ours) & of_scope[scope]


def _narrowed(cases: QuerySet[Case], filters: DeskFilters) -> QuerySet[Case]:
    if filters.kind:
        cases = cases.filter(kind=filters.kind)
    text = filters.text.strip()[:LONGEST_SEARCH]
    if number := read_number(text):
        return cases.filter(number=number)
    for word in text.split():
        cases = cases.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(party_name__icontains=word)
        )
    return cases


def inside_pile(pile: Pile, today: date) -> Q:
    """Which open cases lie in a pile."""
    runs, sunday = Q(is_waiting=False), Week(today).sunday
    return {
        Pile.OVERDUE: runs & Q(due_on__lt=today),
        Pile.TODAY: runs & Q(due_on=today),
        Pile.WEEK: runs & Q(due_on__gt=today, due_on__lte=sunday),
        Pile.LATER: runs & (Q(due_on__gt=sunday) | Q(due_on__isnull=True)),
        Pile.WAITING: Q(is_waiting=True),
        Pile.ALL: Q(),
        Pile.CLOSED: Q(pk__in=[]),
    }[pile]


def counts_of(open_ones: QuerySet[Case], today: date) -> Mapping[Pile, int]:
    """Every open pile with how many lie there: one question."""
    asked = {pile: Count("pk", filter=inside_pile(pile, today)) for pile in Pile if pile is not Pile.CLOSED}
    asked[Pile.ALL] = Count("pk")
    found = open_ones.aggregate(**{str(pile): count for pile, count in asked.items()})
    return {pile: int(found[str(pile)]) for pile in asked}


def _scope_counts(scopes: Mapping[Scope, Q]) -> Mapping[Scope, int]:
    """How many open cases lie in each scope, counted no further than MOST_COUNTED + 1: an office may have a
    hundred thousand, and nobody needs to know exactly while looking at something else.
    """
    open_ones = Case.objects.filter(closed_at__isnull=True)
    return {scope: open_ones.filter(inside)[: MOST_COUNTED + 1].count() for scope, inside in scopes.items()}
