"""Facts derived from other facts, only where absent and always marked 自测."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiqi.core.rules.facts import Facts, Value
from huiqi.core.standards.size_class import SizeStandard, size_class

MONTHS_SINCE_ESTABLISHED = "months_since_established"
ESTABLISHED_ON = "established_on"
SIZE_CLASS = "size_class"
SIZE_INPUTS = ("industry_code", "employees", "annual_revenue_cny", "total_assets_cny")


@dataclass(frozen=True, slots=True)
class Derived:
    """Facts with what could be derived, and the ids of those that were."""

    facts: Mapping[str, Value]
    derived: frozenset[str]


def derive(facts: Facts, as_of: date, size_standard: SizeStandard | None) -> Derived:
    """Add ``months_since_established`` and ``size_class`` where they are absent and can be known.

    The size class follows the 2017 standard (统计上大中小微型企业划分办法); a result that needs a missing
    indicator, or a trade the standard does not cover, stays unknown.
    """
    added: dict[str, Value] = {}
    established_on = facts.get(ESTABLISHED_ON)
    if MONTHS_SINCE_ESTABLISHED not in facts and isinstance(established_on, date):
        added[MONTHS_SINCE_ESTABLISHED] = full_months(established_on, as_of)
    if SIZE_CLASS not in facts and size_standard is not None:
        size = _size_class(facts, size_standard)
        if size is not None:
            added[SIZE_CLASS] = size
    return Derived({**facts, **added}, frozenset(added))


def _size_class(facts: Facts, standard: SizeStandard) -> str | None:
    industry = facts.get("industry_code")
    if not isinstance(industry, str):
        return None
    employees, revenue, assets = (_whole(facts.get(fact_id)) for fact_id in SIZE_INPUTS[1:])
    size = size_class(industry, employees, revenue, assets, standard).size
    return None if size is None else size.value


def _whole(value: Value | None) -> int | None:
    return value if isinstance(value, int) else None


def full_months(start: date, end: date) -> int:
    """Return the full months from ``start`` to ``end``; a month begun is not counted."""
    return (end.year - start.year) * 12 + end.month - start.month - (1 if end.day < start.day else 0)


def date_reaching(start: date, months: int) -> date:
    """Return the first day on which ``full_months(start, day)`` is at least ``months``."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    try:
        return date(year, month + 1, start.day)
    except ValueError:  # the month has no such day: the count grows on the first of the next
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def inputs_to_ask(fact_id: str, facts: Facts, size_standard: SizeStandard | None) -> tuple[str, ...]:
    """Return what to ask an owner to learn ``fact_id``: a derived fact's inputs, else the fact itself."""
    if fact_id == MONTHS_SINCE_ESTABLISHED and ESTABLISHED_ON not in facts:
        return (ESTABLISHED_ON,)
    if fact_id == SIZE_CLASS and size_standard is not None:
        industry = facts.get("industry_code")
        employees, revenue, assets = (_whole(facts.get(each)) for each in SIZE_INPUTS[1:])
        code = industry if isinstance(industry, str) else None
        missing = size_class(code, employees, revenue, assets, size_standard).missing
        return missing or (fact_id,)
    return (fact_id,)
