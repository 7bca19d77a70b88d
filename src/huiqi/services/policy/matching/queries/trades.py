"""A trade told too coarsely: which finer ones items still open ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huiqi.catalogue.items import Item
from huiqi.core.rules.advice import advise
from huiqi.core.rules.conditions import leaves_of
from huiqi.foundation.look.queries import common_trades, industries
from huiqi.services.policy.library.queries import Library, applies_in
from huiqi.services.policy.matching.domain import TRADE
from huiqi.services.policy.matching.queries.answers import Answers
from huiqi.services.policy.matching.queries.matches import size_standard

_WHOLE = 5  # a section letter and four digits: a class of GB/T 4754-2017


@dataclass(frozen=True, slots=True)
class FinerTrades:
    """Trades below the one told, by code, and the items that hang on them. ``none_of_them`` is the code of
    the told trade itself at the depth of a class: no class of the standard ends in 00, so it is below none
    of those asked for.
    """

    told: str
    choices: tuple[tuple[str, str], ...]
    none_of_them: str
    items: frozenset[str]


def finer_trades(answers: Answers, library: Library, as_of: date) -> FinerTrades | None:
    """What to ask about the trade; None where it is fine enough, not told, or was set aside."""
    told, place = answers.facts.get(TRADE), answers.place
    if not isinstance(told, str) or len(told) >= _WHOLE or place is None or TRADE in answers.asked.skipped:
        return None
    codes: dict[str, None] = {}
    items = []
    for each in library.items.values():
        below = set(_trades_below(told, each.item))
        if not below or not applies_in(each.item.region_code, place):
            continue
        advice = advise(each.item.rule, answers.facts, as_of, library.dictionary, size_standard())
        if TRADE in advice.asks:
            codes |= dict.fromkeys(sorted(below))
            items.append(each.item.id)
    if not items:
        return None
    none_of_them = f"{told}{'00' if len(told) == 1 else ''}".ljust(_WHOLE, "0")
    return FinerTrades(told, tuple((code, _words(code)) for code in codes), none_of_them, frozenset(items))


def _trades_below(told: str, item: Item) -> Iterator[str]:
    for leaf in leaves_of(item.condition):
        values = leaf.value if isinstance(leaf.value, (frozenset, tuple, list)) else (leaf.value,)
        if leaf.fact == TRADE:
            yield from (
                str(code) for code in values if str(code).startswith(told) and len(str(code)) > len(told)
            )


def _words(code: str) -> str:
    return common_trades().get(code) or industries().name_of(code)
