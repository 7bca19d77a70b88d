"""The demo owner's noodle shop: a sheet on which several sources say several things, all of it invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from huiqi.core.rules.facts import Value
from huiqi.foundation.accounts.queries import demo_actor
from huiqi.foundation.audit.actions import Actor, Entry, record
from huiqi.foundation.businesses.actions.following import follow_registration
from huiqi.foundation.businesses.actions.recording import OWNER_SOURCE, Source, record_facts, subject_of
from huiqi.foundation.businesses.domain import SourceKind, Status
from huiqi.foundation.businesses.models import Business, BusinessCode, Registration

DEMO_CODE = "92410825MAYANM0032"
SOURCE, EVIDENCE = "演示面馆的登记", "演示数据"


@dataclass(frozen=True, slots=True)
class _Said:
    """What a source said so many days ago."""

    kind: SourceKind
    source: str
    days_ago: int
    values: Mapping[str, Value]


_DEPARTMENT, _OWNER, _DERIVED = SourceKind.DEPARTMENT, SourceKind.DECLARATION, SourceKind.DERIVED
_SAID = (
    _Said(_DEPARTMENT, "税务局", 150, {"monthly_sales_cny": 52_000}),
    _Said(_DEPARTMENT, "农商银行", 150, {"loan_balance_cny": 80_000}),
    _Said(_DEPARTMENT, "税务局", 45, {"taxpayer_type": "small_scale", "monthly_sales_cny": 60_000}),
    _Said(_DEPARTMENT, "人社局", 30, {"social_insurance_headcount": 2, "has_wage_or_si_arrears": False}),
    _Said(_OWNER, OWNER_SOURCE, 10, {"monthly_sales_cny": 85_000, "employees": 4}),
    _Said(_DEPARTMENT, "市场监管局", 8, {"in_abnormal_list": False, "annual_report_filed": True}),
    _Said(_DERIVED, "按公开的分型办法推算", 5, {"household_type": "growth"}),
)


def make_demo_sheet(now: datetime, actor: Actor) -> bool:
    """Give the demo owner's shop its code and sheet, once; False where it has one or nobody owns it."""
    owner = demo_actor("owner")
    if owner is None or owner.organisation is None:
        return False
    business = owner.organisation.id
    with transaction.atomic():
        if BusinessCode.objects.filter(business=UUID(business)).exists():
            return False
        Business.objects.get_or_create(pk=UUID(business), defaults={"opened_at": now})
        row, _ = Registration.objects.get_or_create(credit_code=DEMO_CODE, defaults=_registration(now.date()))
        BusinessCode.objects.create(business_id=UUID(business), credit_code=DEMO_CODE, from_on=now.date())
        follow_registration(business, row, EVIDENCE, now, actor)
        after = {"代码": DEMO_CODE, "核验": EVIDENCE}
        record(
            Entry(now, actor, "businesses.bind", subject_of(business, owner.organisation.name), after=after)
        )
        for said in _SAID:
            source = Source(said.kind, said.source, now.date() - timedelta(days=said.days_ago), EVIDENCE)
            record_facts(business, said.values, source, now=now, actor=actor)
    return True


def _registration(today: date) -> dict[str, object]:
    return {
        "name": "温县演示面馆",
        "operator": "演示面",
        "region_code": "410825",
        "industry_code": "H6210",
        "established_on": date(2021, 4, 12),
        "entity_type": "individual_business",
        "status": str(Status.OPEN),
        "source": SOURCE,
        "observed_on": today - timedelta(days=8),
    }
