"""What items bring a visitor: one by one, added up, and the largest of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from huiqi.catalogue.amounts import Amount, Per
from huiqi.catalogue.exclusions import Exclusion, load_exclusions
from huiqi.catalogue.figures import asked_by, sum_of
from huiqi.catalogue.items import BenefitType, Item
from huiqi.core.money.outcome import Certainty, Outcome
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.facts import Fact, Value
from huiqi.core.rules.rule import WindowState
from huiqi.foundation.parameters.queries import read_once
from huiqi.services.policy.calculator.domain import (
    COUNTED,
    PERS,
    Sum,
    Total,
    deed_of,
    outcome_text,
    short_text,
    totals_of,
)
from huiqi.services.policy.library.queries import ItemCard, Library, LibraryItem, card_of
from huiqi.services.policy.matching.queries import (
    Answers,
    Group,
    Match,
    Matches,
    matches_for,
    size_standard,
)

LIKELY = (Group.ELIGIBLE, Group.TO_CHECK)


@dataclass(frozen=True, slots=True)
class Offer:
    """One item with what it brings the visitor. ``is_principal``: money to be paid back."""

    card: ItemCard
    group: Group
    per: Per
    outcome: Outcome
    is_principal: bool
    deed: str

    @property
    def text(self) -> str:
        return outcome_text(self.outcome)

    @property
    def per_text(self) -> str:
        return "" if self.is_principal else PERS[self.per]

    @property
    def is_counted(self) -> bool:
        """Whether it goes into a total: it could be worked out, is above nothing and not to be paid back."""
        return self.outcome.certainty in COUNTED and bool(self.outcome.high_fen) and not self.is_principal


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of which one counts, with the visitor's items in it, and the one worth most, where any could
    be worked out. ``is_sure`` where no other can come to more.
    """

    exclusion: Exclusion
    offers: tuple[Offer, ...]
    best: Offer | None
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything a sum can be said of: what fits, what may still fit; loans apart, and what no text says."""

    likely: tuple[Offer, ...]
    open: tuple[Offer, ...]
    loans: tuple[Offer, ...]
    unsaid: tuple[Offer, ...]
    choices: tuple[Choice, ...]
    totals: tuple[Total, ...]
    unfilled: int


@dataclass(frozen=True, slots=True)
class Worth:
    """The largest sum a visitor may get now. ``text`` says it with its period (每年大约少交 9,600 元)."""

    item_id: str
    title: str
    low_fen: int
    high_fen: int
    text: str


@lru_cache(maxsize=1)
def exclusions() -> tuple[Exclusion, ...]:
    """The groups shipped with the catalogue."""
    return load_exclusions()


def offers_for(answers: Answers, library: Library, as_of: date, matches: Matches | None = None) -> Offers:
    """What the visitor's items bring by the answers alone; ``matches`` where they are at hand already."""
    found = matches or matches_for(answers, library, as_of)
    told = told_by(answers, as_of)
    offers = [
        offer
        for group in (*LIKELY, Group.UNKNOWN)
        for match in found.groups[group]
        if match.is_reachable and (offer := _offer(match, library, told)) is not None
    ]
    offers.sort(key=_by_sum)
    grants = [each for each in offers if not each.is_principal and not _is_unsaid(each)]
    likely = tuple(each for each in grants if each.group in LIKELY)
    counted = [each for each in likely if each.is_counted]
    return Offers(
        likely=likely,
        open=tuple(each for each in grants if each.group is Group.UNKNOWN),
        loans=tuple(each for each in offers if each.is_principal),
        unsaid=tuple(each for each in offers if not each.is_principal and _is_unsaid(each)),
        choices=_choices(likely),
        totals=totals_of([_sum(each) for each in counted], [each.items for each in exclusions()]),
        unfilled=sum(each.outcome.certainty is Certainty.UNFILLED for each in likely),
    )


def worth_of(answers: Answers, library: Library, as_of: date, matches: Matches | None = None) -> Worth | None:
    """The largest sum of what fits (符合, 还需核实) that the answers are enough for; None without one."""
    counted = [each for each in offers_for(answers, library, as_of, matches).likely if each.is_counted]
    if not counted:
        return None
    best = max(counted, key=lambda each: (_sum(each).weight, each.card.id))
    low, high = _sum(best).low_fen, _sum(best).high_fen
    text = f"{best.per_text}大约{best.deed} {short_text(low, high)}"
    return Worth(best.card.id, best.card.title, low, high, text)


def told_by(answers: Answers, as_of: date) -> Mapping[str, Value]:
    """The visitor's facts with what is derived from them."""
    return derive(answers.facts, as_of, size_standard()).facts


def questions_of(amount: Amount, library: Library) -> tuple[Fact, ...]:
    """What a formula asks, in its order, inputs of its own among it."""
    return asked_by(amount, library.dictionary)


def outcome_of(item: Item, told: Mapping[str, Value], library: Library) -> Outcome | None:
    """What an item brings by what was told, facts and inputs by their ids; None where it has no formula."""
    amount = item.benefit.amount
    return None if amount is None else sum_of(amount, told, library.dictionary)


def exclusions_of(item_id: str, library: Library) -> tuple[tuple[Exclusion, tuple[LibraryItem, ...]], ...]:
    """The groups an item is in, each with the other items of it that the library holds."""
    return tuple(
        (group, others)
        for group in exclusions()
        if item_id in group.items
        and (
            others := tuple(
                library.items[other] for other in group.items if other != item_id and other in library.items
            )
        )
    )


@read_once()
def workable_items(library: Library, as_of: date) -> tuple[ItemCard, ...]:
    """What may be worked out here now, the most local first."""
    items = [each.item for each in library.items.values() if each.is_local]
    cards = [
        card_of(item, as_of) for item in items if item.benefit.amount and item.benefit.amount.is_workable
    ]
    return tuple(card for card in cards if card.window is WindowState.OPEN)


def _offer(match: Match, library: Library, told: Mapping[str, Value]) -> Offer | None:
    item = library.items[match.card.id].item
    outcome = outcome_of(item, told, library)
    if outcome is None or item.benefit.amount is None:
        return None
    is_principal = item.benefit.type is BenefitType.LOAN
    deed = deed_of(item.benefit.type)
    return Offer(match.card, match.group, item.benefit.amount.per, outcome, is_principal, deed)


def _is_unsaid(offer: Offer) -> bool:
    return offer.outcome.certainty is Certainty.UNSAID


def _sum(offer: Offer) -> Sum:
    high = offer.outcome.high_fen
    return Sum(
        offer.card.id, offer.per, offer.outcome.low_fen, offer.outcome.low_fen if high is None else high
    )


def _choices(offers: Sequence[Offer]) -> tuple[Choice, ...]:
    """The groups of which the visitor has two items or more; of two with the same items the first."""
    held = {offer.card.id: offer for offer in offers}
    found: dict[frozenset[str], Choice] = {}
    for exclusion in exclusions():
        members = [item_id for item_id in exclusion.items if item_id in held]
        if len(members) > 1 and frozenset(members) not in found:
            choice = _choice(exclusion, tuple(held[item_id] for item_id in members))
            found[frozenset(members)] = choice
    return tuple(found.values())


def _choice(exclusion: Exclusion, offers: tuple[Offer, ...]) -> Choice:
    counted = [each for each in offers if each.is_counted]
    if not counted:
        return Choice(exclusion, offers, None, is_sure=False)
    best = max(counted, key=lambda each: (_sum(each).weight, each.card.id))
    others = [each for each in offers if each is not best]
    least = best.outcome.low_fen
    is_sure = all(each.outcome.high_fen is not None and each.outcome.high_fen <= least for each in others)
    return Choice(exclusion, offers, best, is_sure)


def _by_sum(offer: Offer) -> tuple[bool, int, int, str]:
    """What could be worked out first, the largest first; then what can come to most."""
    return (not offer.is_counted, -_sum(offer).weight, len(offer.outcome.missing), offer.card.id)
