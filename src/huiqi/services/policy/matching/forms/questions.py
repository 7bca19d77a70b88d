"""Questions that are more than one fact: the trades below the one told, and several facts with a box each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from huiqi.core.rules.facts import CodeSystem, Fact, FactDictionary, Facts, FactType, Value
from huiqi.foundation.businesses.queries import Field, Option, OptionGroup
from huiqi.foundation.look.queries import code_name
from huiqi.services.policy.matching.queries import FinerTrades, TickScreen

TICKS = "ticks"


def finer_trade_field(fact: Fact, finer: FinerTrades, error: str = "") -> Field:
    """The trades below the one told, as buttons."""
    closer = replace(fact, question=f"您填的是“{code_name(CodeSystem.INDUSTRY, finer.told)}”，具体是哪一种？")
    pairs = (*finer.choices, (finer.none_of_them, "都不是"))
    options = tuple(Option(code, words, is_chosen=False) for code, words in pairs)
    return Field(closer, "one", "", (OptionGroup("", options),), error)


@dataclass(frozen=True, slots=True)
class TickField:
    """Several facts as one question with a box each; drawn like a Field of kind many."""

    name: str
    question: str
    options: tuple[Option, ...]
    error: str = ""
    kind: str = "many"
    hint: str = "可以多选，没有勾的就算没有"


def tick_field(screen: TickScreen, error: str = "") -> TickField:
    """The question for a tick-list, with what is already known to apply."""
    words = screen.ticks.ticks
    options = tuple(Option(fact, words[fact], fact in screen.ticked) for fact in screen.facts)
    return TickField(TICKS, screen.ticks.text, options, error)


def read_ticks(
    facts: Sequence[str], ticked: Collection[str], known: Facts, dictionary: FactDictionary
) -> dict[str, Value | None]:
    """What the boxes say of ``facts``: a no or a 0 where not ticked, None for a number still to be asked."""
    values: dict[str, Value | None] = {}
    for fact in facts:
        is_bool = dictionary[fact].type is FactType.BOOL
        if fact in ticked:
            values[fact] = True if is_bool else known.get(fact) or None
        else:
            values[fact] = False if is_bool else 0
    return values
