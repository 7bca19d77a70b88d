"""A business of the register for its owner: in words to recognise it by, and as answers."""

from dataclasses import dataclass
from datetime import date

from huiqi.core.rules.derivation import derive
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import CodeSystem, Value
from huiqi.foundation.businesses.queries import PublicRegistration, Status
from huiqi.foundation.look.queries import code_name, divisions, home_city, region_name
from huiqi.services.policy.library.queries import Library
from huiqi.services.policy.matching.domain import REGION, TRADE

_OPERATOR_WORDS = {
    "individual_business": "经营者",
    "sole_proprietorship": "投资人",
    "company": "法定代表人",
    "farmers_cooperative": "法定代表人",
}


@dataclass(frozen=True, slots=True)
class Shop:
    """A registration in words; a text is empty where the register says nothing."""

    name: str
    operator_label: str
    operator: str
    kind: str
    place: str
    trade: str
    age: str
    founded_on: date | None
    is_closed: bool
    is_elsewhere: bool
    missing: tuple[str, ...]


def facts_of(found: PublicRegistration, library: Library, as_of: date) -> dict[str, Value]:
    """What a registration answers: no place outside the home city, no day to come, nothing unreadable."""
    raw = {
        REGION: found.region_code if is_home(found.region_code) else None,
        "entity_type": found.entity_type or None,
        TRADE: found.industry_code or None,
        "established_on": found.established_on,
    }
    told: dict[str, Value] = {}
    for fact, value in raw.items():
        if value is None or fact not in library.dictionary or (isinstance(value, date) and value > as_of):
            continue
        try:
            told |= library.dictionary.parse_facts({fact: value})
        except RuleError:
            continue
    return told


def shop_of(found: PublicRegistration, library: Library, as_of: date) -> Shop:
    """A registration as its owner recognises it."""
    told, dictionary = facts_of(found, library, as_of), library.dictionary
    kind, trade = told.get("entity_type"), told.get(TRADE)
    months = derive(told, as_of, None).facts.get("months_since_established")
    asked = (fact for fact in (REGION, "entity_type", TRADE, "established_on") if fact in dictionary)
    return Shop(
        name=found.name,
        operator_label=_OPERATOR_WORDS.get(found.entity_type, "负责人"),
        operator=found.operator,
        kind=dictionary["entity_type"].label_of(kind) if isinstance(kind, str) else "",
        place=region_name(found.region_code) if found.region_code else "",
        trade=code_name(CodeSystem.INDUSTRY, trade) if isinstance(trade, str) else "",
        age=_age(months) if isinstance(months, int) else "",
        founded_on=found.established_on if "established_on" in told else None,
        is_closed=found.status is Status.CLOSED,
        is_elsewhere=bool(found.region_code) and not found.region_code.startswith(home_city().code[:4]),
        missing=tuple(dictionary[fact].label for fact in asked if fact not in told),
    )


def is_home(code: str) -> bool:
    """A county of the home city, or the city itself where it has none (东莞)."""
    city = home_city().code
    counties = {each.code for each in divisions().children_of(city)} or {city}
    return code in counties


def _age(months: int) -> str:
    return f"开了 {months} 个月" if months else "刚开不到一个月"
