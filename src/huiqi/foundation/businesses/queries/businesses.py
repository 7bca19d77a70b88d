"""Businesses by their people and by their code, and what proves that somebody runs one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from huiqi.foundation.access.queries import role_words
from huiqi.foundation.accounts.queries import members_of, membership_of, roles_of
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.businesses.domain.proving import Prover
from huiqi.foundation.businesses.models import Business, BusinessCode


@dataclass(frozen=True, slots=True)
class OwnBusiness:
    """A business of somebody's: ``membership_id`` is what they take up to act for it. ``code`` is empty where
    it has none yet.
    """

    id: str
    name: str
    role_label: str
    membership_id: str
    code: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A code a business has or had; ``until_on`` is None for the one it has."""

    code: str
    from_on: date
    until_on: date | None


def own_businesses(actor: Actor) -> tuple[OwnBusiness, ...]:
    """Every business somebody is a member of, whoever they act as now; a fixed number of questions."""
    acting = membership_of(actor)
    roles = frozenset(role.id for role in roles_of(actor.id, {}) if role.id)
    members = [each for each in members_of(roles) if each.organisation.kind == "business"]
    codes = codes_of(frozenset(each.organisation.id for each in members))
    return tuple(
        OwnBusiness(
            each.organisation.id,
            each.organisation.name,
            role_words(each.role),
            each.id,
            codes.get(each.organisation.id, ""),
            is_current=each.id == acting,
        )
        for each in members
    )


def codes_of(business_ids: frozenset[str]) -> dict[str, str]:
    """The code each of these businesses has now."""
    rows = BusinessCode.objects.filter(business__in=[UUID(each) for each in business_ids])
    found = rows.filter(until_on__isnull=True).values_list("business_id", "credit_code")
    return {str(business): code for business, code in found}


def business_with_code(code: str) -> str | None:
    """The id of the business that has this code now, None where none is bound to it."""
    found = BusinessCode.objects.filter(credit_code=code, until_on__isnull=True)
    business = found.values_list("business_id", flat=True).first()
    return str(business) if business else None


def code_history(business_id: str) -> tuple[CodeSpan, ...]:
    """Every code a business ever had, the newest first."""
    rows = BusinessCode.objects.filter(business=UUID(business_id)).order_by("-from_on", "-until_on", "id")
    spans = [CodeSpan(row.credit_code, row.from_on, row.until_on) for row in rows]
    return tuple(sorted(spans, key=lambda each: each.until_on is not None))


def is_known(business_id: str) -> bool:
    """Whether anything is kept of this party as a business."""
    return Business.objects.filter(pk=UUID(business_id)).exists()


def business_of(actor: Actor) -> str | None:
    """The business somebody acts for in their own name; None under a mandate, while support looks, and for
    whoever acts for no business.
    """
    if actor.organisation is None or actor.behalf_of is not None or actor.seen_by is not None:
        return None
    return actor.organisation.id if actor.role in ("owner", "handler") else None


def prover() -> Prover | None:
    """What proves who runs a business here; None where the operator has connected nothing."""
    found: Prover | None = settings.HUIQI_PROVER
    return found
