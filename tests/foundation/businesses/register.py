"""Rows of the register and people who run what stands there, for the tests of this room."""

from datetime import date, timedelta

from huiqi.foundation.businesses.actions import Source, SourceKind, bind, record_facts
from huiqi.foundation.businesses.adapters import DEMO_WORD
from huiqi.foundation.businesses.domain import Status
from huiqi.foundation.businesses.models import Registration
from huiqi.foundation.clock.queries import now, today
from tests.support.people import Someone, someone

CODE, OTHER, THIRD = "92410811MATE5T0178", "91410800MATE5T0258", "93410825MATE5T0334"


def registered(code: str = CODE, name: str = "温县老王面馆", **changed: object) -> Registration:
    """A business of the register as it was seen yesterday."""
    row = {
        "credit_code": code,
        "name": name,
        "operator": "王建国",
        "region_code": "410825",
        "industry_code": "H6210",
        "established_on": date(2020, 3, 5),
        "entity_type": "individual_business",
        "status": str(Status.OPEN),
        "source": "试用登记册",
        "observed_on": today() - timedelta(days=1),
    }
    return Registration.objects.create(**{**row, **changed})


def owner_of(code: str = CODE) -> tuple[Someone, str]:
    """Somebody who has just bound this code, acting for it, and the id of the business."""
    who = someone("person")
    bound = bind(who.actor, code, DEMO_WORD, now())
    session = {**who.session, "acting": bound.membership_id}
    return Someone(who.person, None, session), bound.business_id


def told(who: Someone, business: str, fact: str, value: object, days_ago: int = 1, by: str = "税务局") -> int:
    """A department says something."""
    source = Source(SourceKind.DEPARTMENT, by, today() - timedelta(days=days_ago), "第 7 批")
    return record_facts(business, {fact: value}, source, now=now(), actor=who.actor)[0]
