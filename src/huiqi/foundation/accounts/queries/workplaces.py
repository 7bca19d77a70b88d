"""Where cases are handled and by whom: what a case may be given to."""

from uuid import UUID

from django.db.models import Q, QuerySet

from huiqi.foundation.accounts.domain import KINDS, Colleague, Member, Organisation, Person
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.models import Organisation as OrganisationRow
from huiqi.foundation.accounts.models import Person as PersonRow
from huiqi.foundation.audit.actions import Actor

NO_WORKPLACES = ("business",)


def workplaces() -> tuple[Organisation, ...]:
    """Every open organisation that handles cases, by name."""
    return tuple(_organisation(row) for row in _workplaces().order_by("name", "id"))


def workplace(organisation_id: str) -> Organisation | None:
    """The open organisation of this id that handles cases, None where there is none."""
    row = _workplaces().filter(pk=organisation_id).first() if _is_id(organisation_id) else None
    return _organisation(row) if row else None


def open_organisations(kinds: frozenset[str], text: str, most: int) -> tuple[Organisation, ...]:
    """Open organisations of some kinds by name, at most so many; ``text`` narrows to names that hold it."""
    rows = OrganisationRow.objects.filter(kind__in=kinds, closed_at__isnull=True)
    rows = rows.filter(name__icontains=text) if text else rows
    return tuple(_organisation(row) for row in rows.order_by("name", "id")[:most])


def first_of_kind(kind: str) -> Organisation | None:
    """The oldest open organisation of a kind."""
    rows = OrganisationRow.objects.filter(kind=kind, closed_at__isnull=True)
    row = rows.order_by("created_at", "id").first()
    return _organisation(row) if row else None


def staff_of(organisation_id: str) -> tuple[Member, ...]:
    """The members an organisation has now, the highest role first."""
    rows = Membership.objects.select_related("person", "organisation").filter(
        organisation_id=organisation_id, until_at__isnull=True, person__left_at__isnull=True
    )
    members = (_member(row) for row in rows.order_by("from_at", "id"))
    return tuple(sorted(members, key=lambda each: _height(each.organisation.kind, each.role)))


def colleagues(organisation_id: str, left: frozenset[str] = frozenset()) -> tuple[Colleague, ...]:
    """Those who work there now, and of those who left the members named: for their colleagues' eyes alone."""
    is_here = Q(until_at__isnull=True, person__left_at__isnull=True)
    rows = Membership.objects.select_related("person").filter(
        is_here | Q(pk__in=left), organisation_id=organisation_id
    )
    return tuple(
        Colleague(str(row.pk), row.person.name.reveal() or str(row.person))
        for row in rows.order_by("from_at", "id")
    )


def members_of(ids: frozenset[str]) -> tuple[Member, ...]:
    """Members by id, those who have left as well; what is no id finds nobody."""
    known = [each for each in ids if _is_id(each)]
    rows = Membership.objects.select_related("person", "organisation").filter(pk__in=known)
    return tuple(_member(row) for row in rows.order_by("from_at", "id"))


def people_in(organisation_id: str, roles: frozenset[str]) -> tuple[str, ...]:
    """The ids of the persons who have one of these roles there now, the longest-serving first."""
    rows = Membership.objects.filter(
        organisation_id=organisation_id, role__in=roles, until_at__isnull=True, person__left_at__isnull=True
    )
    found = rows.order_by("from_at", "id").values_list("person_id", flat=True)
    return tuple(dict.fromkeys(str(each) for each in found))


def people_of_party(party_id: str) -> tuple[str, ...]:
    """The ids of the persons behind an opaque party: a person, or whoever acts for an organisation now."""
    if not _is_id(party_id):
        return ()
    found = [str(pk) for pk in PersonRow.objects.filter(pk=party_id).values_list("pk", flat=True)]
    return tuple(found) or tuple(each.person.id for each in staff_of(party_id))


def people_of_parties(party_ids: frozenset[str]) -> tuple[str, ...]:
    """The ids of the persons behind opaque parties: each person named, and whoever acts for an organisation
    now. Two questions, however many parties.
    """
    ids = [each for each in party_ids if _is_id(each)]
    persons = PersonRow.objects.filter(pk__in=ids, left_at__isnull=True).values_list("pk", flat=True)
    members = Membership.objects.filter(
        organisation_id__in=ids, until_at__isnull=True, person__left_at__isnull=True
    )
    found = members.order_by("from_at", "id").values_list("person_id", flat=True)
    return tuple(dict.fromkeys(str(each) for each in (*persons.order_by("pk"), *found)))


def membership_of(actor: Actor) -> str:
    """The id of the membership somebody acts in now; empty for who acts as nobody's member."""
    if actor.organisation is None:
        return ""
    rows = Membership.objects.filter(
        person_id=actor.id, organisation_id=actor.organisation.id, role=actor.role, until_at__isnull=True
    )
    found = rows.values_list("pk", flat=True).first()
    return str(found or "")


def _workplaces() -> QuerySet[OrganisationRow]:
    return OrganisationRow.objects.filter(closed_at__isnull=True).exclude(kind__in=NO_WORKPLACES)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _height(kind: str, role: str) -> int:
    roles = KINDS[kind].roles
    return roles.index(role) if role in roles else len(roles)


def _member(row: Membership) -> Member:
    person = Person(str(row.person_id), str(row.person))
    return Member(str(row.pk), person, _organisation(row.organisation), row.role)


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(str(row.pk), row.kind, row.name, row.division, str(row.parent_id or ""))
