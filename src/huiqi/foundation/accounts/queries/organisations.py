"""Organisations as others see them: who they are and what stands below them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from huiqi.foundation.access.queries import relations_for
from huiqi.foundation.accounts.domain import KINDS, Closing, Organisation
from huiqi.foundation.accounts.domain.organisations import PARENTS
from huiqi.foundation.accounts.models import Invitation, Mandate, Membership, Person
from huiqi.foundation.accounts.models import Organisation as OrganisationRow
from huiqi.foundation.accounts.queries.open_work import open_work_of
from huiqi.foundation.audit.actions import Actor, Party

PAGE = 20
_BELOW = """
WITH RECURSIVE below(id) AS (
  SELECT id FROM accounts_organisation WHERE parent_id = %s
  UNION
  SELECT lower.id FROM accounts_organisation lower JOIN below ON lower.parent_id = below.id
)
SELECT found.* FROM accounts_organisation found JOIN below ON found.id = below.id
ORDER BY found.name, found.id"""
_ABOVE = """
WITH RECURSIVE above(id) AS (
  SELECT parent_id FROM accounts_organisation WHERE id = %s
  UNION
  SELECT upper.parent_id FROM accounts_organisation upper JOIN above ON upper.id = above.id
)
SELECT found.* FROM accounts_organisation found JOIN above ON found.id = above.id"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of all organisations."""

    organisation: Organisation
    members: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of it; ``number`` counts from 1."""

    rows: tuple[Listed, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many organisations there are: open businesses, other open ones (``offices``), and closed ones."""

    businesses: int
    offices: int
    closed: int

    @property
    def open(self) -> int:
        return self.businesses + self.offices

    @property
    def words(self) -> str:
        """The three figures in a sentence."""
        closed = f"；另有 {self.closed} 个已经关闭" if self.closed else ""
        return f"经营主体 {self.businesses} 个，部门、银行等其他单位 {self.offices} 个{closed}。"


def as_id(text: str) -> UUID | None:
    """An id somebody sent; None for what is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def shown(row: OrganisationRow) -> Organisation:
    """A row as others get it."""
    return Organisation(str(row.pk), row.kind, row.name, row.division, str(row.parent_id or ""))


def organisation_of(organisation_id: str) -> Organisation | None:
    """The open organisation of this id; None where there is none."""
    key = as_id(organisation_id)
    row = OrganisationRow.objects.filter(pk=key, closed_at__isnull=True).first() if key else None
    return shown(row) if row else None


def party_of(party_id: str) -> Party | None:
    """An organisation or a person by opaque id, closed or gone as well; a person's name is masked."""
    key = as_id(party_id)
    row = OrganisationRow.objects.filter(pk=key).first() if key else None
    if row is not None:
        return Party(str(row.pk), row.name)
    person = Person.objects.filter(pk=key).first() if key else None
    return Party(str(person.pk), str(person)) if person else None


def organisations_below(organisation_id: str) -> tuple[Organisation, ...]:
    """Everything that stands below, at any depth, by name, without closed ones; one question."""
    return tuple(shown(row) for row in _walk(_BELOW, organisation_id) if row.closed_at is None)


def organisations_above(organisation_id: str) -> tuple[Organisation, ...]:
    """Everything it stands below, in no order."""
    return tuple(shown(row) for row in _walk(_ABOVE, organisation_id))


def listed_organisations(actor: Actor, text: str, kind: str, page: int) -> ListPage:
    """A page of all organisations, by name; nothing for whom the table lets see none."""
    if "all" not in relations_for(actor, "accounts.see_organisations"):
        return ListPage((), 0, 1, 1)
    rows = OrganisationRow.objects.annotate(
        members=Count("memberships", filter=Q(memberships__until_at__isnull=True))
    ).order_by("closed_at", "name", "id")
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(name__icontains=text)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, page), pages)
    found = rows[(number - 1) * PAGE : number * PAGE]
    return ListPage(
        tuple(Listed(shown(row), row.members, row.closed_at) for row in found), total, number, pages
    )


def organisation_counts(actor: Actor) -> Counts:
    """How many of them there are; none for whom the table lets see none. One question."""
    if "all" not in relations_for(actor, "accounts.see_organisations"):
        return Counts(0, 0, 0)
    is_open, is_business = Q(closed_at__isnull=True), Q(kind="business")
    found = OrganisationRow.objects.aggregate(
        businesses=Count("pk", filter=is_open & is_business),
        offices=Count("pk", filter=is_open & ~is_business),
        closed=Count("pk", filter=~is_open),
    )
    return Counts(**found)


def possible_parents(kind: str, without: str = "") -> tuple[Organisation, ...]:
    """What an organisation of this kind may be put under; never itself or what stands below it."""
    kinds = PARENTS.get(kind, frozenset())
    below = {each.id for each in organisations_below(without)} | {without} if without else set()
    rows = OrganisationRow.objects.filter(kind__in=kinds, closed_at__isnull=True).order_by("name", "id")
    return tuple(shown(row) for row in rows if str(row.pk) not in below) if kinds else ()


def closing_of(organisation_id: str) -> Closing:
    """What closing an organisation would end, and what stands in its way."""
    row = OrganisationRow.objects.get(pk=organisation_id)
    members = Membership.objects.filter(organisation=row, until_at__isnull=True)
    branches = row.branches.filter(closed_at__isnull=True).count()
    work = sum(held.count for member in members for held in open_work_of(str(member.pk)))
    hindrances = []
    if row.kind == "platform":
        hindrances.append("平台运营管着整个网站，不能关闭。")
    if branches:
        hindrances.append(f"下面还有 {branches} 个没关闭的下级单位，请先把它们移走或关闭。")
    if work:
        hindrances.append(f"成员手上还有 {work} 件没办完的事，请先转给别的单位。")
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    mandates = Mandate.objects.filter(revoked_at__isnull=True)
    return Closing(
        len(members),
        waiting.filter(organisation=row).count(),
        mandates.filter(principal_organisation=row).count(),
        mandates.filter(agent_organisation=row).count(),
        tuple(hindrances),
    )


def _walk(sql: str, organisation_id: str) -> list[OrganisationRow]:
    key = as_id(organisation_id)
    if key is None:
        return []
    kept = OrganisationRow._meta.pk.get_db_prep_value(key, connection)  # noqa: SLF001 - text on SQLite
    return list(OrganisationRow.objects.raw(sql, [kept]))
