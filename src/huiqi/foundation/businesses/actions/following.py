"""What the register says of a business of this site, written on its sheet as the department's data."""

from datetime import date, datetime

from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import Value
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.businesses.actions.recording import Source, valid_until, write
from huiqi.foundation.businesses.domain import SourceKind, Status
from huiqi.foundation.businesses.domain.sheets import same
from huiqi.foundation.businesses.models import BusinessCode, Registration
from huiqi.foundation.businesses.queries import dictionary, latest_of

REGISTER_DEPARTMENT = "市场监管局"
_OPEN = {Status.OPEN: True, Status.CLOSED: False}


def follow_register(source: str, observed_on: date, now: datetime, actor: Actor) -> int:
    """After a load: every business of this site whose registration was seen on that day gets what is new on
    its sheet; returns how many there were.
    """
    codes = BusinessCode.objects.filter(until_on__isnull=True).values("credit_code")
    rows = Registration.objects.filter(source=source, observed_on=observed_on, credit_code__in=codes)
    bound = dict(
        BusinessCode.objects.filter(
            until_on__isnull=True, credit_code__in=rows.values("credit_code")
        ).values_list("credit_code", "business_id")
    )
    for row in rows:
        follow_registration(str(bound[row.credit_code]), row, "", now, actor)
    return len(bound)


def follow_registration(
    business_id: str, row: Registration, evidence: str, now: datetime, actor: Actor
) -> None:
    """Write down what the register says, as the department's data of the day of the register: what is new,
    and what was seen again of what does not keep for ever.
    """
    observed_on = min(row.observed_on, now.date())
    known = _facts(row)
    told = latest_of(business_id, SourceKind.DEPARTMENT, REGISTER_DEPARTMENT)
    news = {
        fact: value
        for fact, value in known.items()
        if fact not in told
        or not same(told[fact].value, value)
        or (valid_until(fact, observed_on) is not None and told[fact].observed_on < observed_on)
    }
    words = f"{row.source}；{evidence}" if evidence else row.source
    write(
        business_id, news, Source(SourceKind.DEPARTMENT, REGISTER_DEPARTMENT, observed_on, words), now, actor
    )


def _facts(row: Registration) -> dict[str, Value]:
    raw = {
        "entity_type": row.entity_type or None,
        "region_code": row.region_code or None,
        "industry_code": row.industry_code or None,
        "established_on": row.established_on,
        "is_operating": _OPEN.get(Status(row.status)),
    }
    known: dict[str, Value] = {}
    for fact, value in raw.items():
        try:
            known |= dictionary().parse_facts({fact: value} if value is not None else {})
        except RuleError:
            continue  # what the register writes otherwise than the dictionary is not known
    return known
