"""What a revision is, where an item applies, and one item in the words of a list."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from huiqi.catalogue.items import Delivery, Item, ItemKind
from huiqi.core.rules.conditions import Condition
from huiqi.core.rules.evaluation import evaluate
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.rule import WindowState
from huiqi.core.standards.divisions import significant_prefix
from huiqi.core.standards.prefixes import prefix_covers
from huiqi.services.policy.library.domain.words import (
    AUDIENCES,
    BENEFIT_TYPES,
    BENEFIT_UNITS,
    KINDS,
    LEVELS,
    Audience,
)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading the seed did. ``kept`` are items whose revision here is newer than the seed's;
    ``only_here`` are items the seed does not know. Both stay as they are.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: tuple[str, ...] = ()
    only_here: tuple[str, ...] = ()
    edition: int = 0

    @property
    def is_changed(self) -> bool:
        return bool(self.added or self.updated)


def canonical_json(raw: object) -> str:
    """One text for one content: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(text: str) -> str:
    """SHA-256 of the UTF-8 text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_local(region_code: str, city: str) -> bool:
    """Does an item of this region concern some business of the city: the nation, the province, the city,
    or one of its counties?
    """
    region, home = significant_prefix(region_code), significant_prefix(city)
    return prefix_covers(region, home) is True or prefix_covers(home, region) is True


def applies_in(region_code: str, place: str) -> bool:
    """Is the item's region on the chain from the nation down to ``place``?"""
    return prefix_covers(significant_prefix(region_code), significant_prefix(place)) is True


def nearness(region_code: str) -> int:
    """How local an item is: 0 for the nation, 6 for a county."""
    return len(significant_prefix(region_code))


def needs_applying(item: Item) -> bool:
    """False where the benefit comes by itself."""
    return item.delivery is not Delivery.WITHOUT_APPLYING


def audiences_of(condition: Condition, dictionary: FactDictionary) -> frozenset[Audience]:
    """Whom the conditions do not rule out by the form of business alone, whatever else may be asked."""
    return frozenset(
        audience
        for audience, words in AUDIENCES.items()
        if any(
            evaluate(condition, {"entity_type": code}, dictionary) is not False for code in words.entity_types
        )
    )


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One item in the words of a list: what it is, how much, until when, who issued it.

    ``amount_yuan`` is the largest sum in whole 元, None where the text names none; ``days_left`` counts to
    the last day of the window, None where it has no end or is not open.
    """

    id: str
    title: str
    summary: str
    kind: ItemKind
    kind_label: str
    level_label: str
    benefit_label: str
    region_code: str
    issuer: str
    doc_no: str | None
    amount_yuan: int | None
    amount_unit: str
    formula: str
    needs_no_application: bool
    window: WindowState
    opens_on: date | None
    closes_on: date | None
    days_left: int | None
    is_closing_soon: bool


def card_of(item: Item, as_of: date, soon_days: int) -> ItemCard:
    """The card of an item on a day; it closes soon with ``soon_days`` left or fewer."""
    state, closes_on = item.window.state(as_of), item.window.closes_on
    is_counting = state is WindowState.OPEN and closes_on is not None
    days_left = (closes_on - as_of).days if is_counting and closes_on else None
    return ItemCard(
        id=item.id,
        title=item.title,
        summary=item.summary,
        kind=item.kind,
        kind_label=KINDS[item.kind],
        level_label=LEVELS[item.level],
        benefit_label=BENEFIT_TYPES[item.benefit.type],
        region_code=item.region_code,
        issuer=item.issuer,
        doc_no=item.doc_no,
        amount_yuan=item.benefit.amount_cny_max,
        amount_unit=BENEFIT_UNITS.get(item.benefit.unit, ""),
        formula=item.benefit.formula,
        needs_no_application=not needs_applying(item),
        window=state,
        opens_on=item.window.opens_on,
        closes_on=closes_on,
        days_left=days_left,
        is_closing_soon=days_left is not None and days_left <= soon_days,
    )
