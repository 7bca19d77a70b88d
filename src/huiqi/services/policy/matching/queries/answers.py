"""A visitor's answers, kept in the visitor's own browser as one signed text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core import signing

from huiqi.catalogue.item_writing import facts_to_raw
from huiqi.core.rules.asking import Asked
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.explanation import FactSource
from huiqi.core.rules.facts import FactDictionary, Value
from huiqi.services.policy.matching.domain import REGION, TRADE

ANSWERS_COOKIE = "answers"
LONGEST_TRAIL = 20
_SALT = "huiqi.matching.answers"


@dataclass(frozen=True, slots=True)
class Registered:
    """Which facts a register told instead of the visitor, who said that it is their business."""

    source: str
    observed_on: date
    facts: frozenset[str]

    def only(self, facts: Iterable[str]) -> "Registered | None":
        """What is left of it where only ``facts`` still stand as the register told them."""
        left = self.facts & frozenset(facts)
        return replace(self, facts=left) if left else None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a visitor told us, and on which day last; what was skipped, and the screens passed lately.

    ``earlier`` holds the days of older answers, ``registered`` which facts came from the register. Whoever
    acts for a business has the facts of its sheet among ``facts``, with their sources in ``sheet``; answers
    of their own that the sheet makes needless wait in ``covered`` and come back without it.
    """

    facts: Mapping[str, Value] = field(default_factory=dict)
    answered_on: date | None = None
    earlier: Mapping[str, date] = field(default_factory=dict)
    asked: Asked = field(default_factory=Asked)
    trail: tuple[str, ...] = ()
    registered: Registered | None = None
    sheet: Mapping[str, FactSource] = field(default_factory=dict)
    covered: Mapping[str, Value] = field(default_factory=dict)

    @property
    def place(self) -> str | None:
        """The region code of the registration, None while it is not known."""
        place = self.facts.get(REGION)
        return place if isinstance(place, str) else None

    def with_changes(self, changes: Mapping[str, Value | None], on: date) -> "Answers":
        """These answers with some replaced; None takes an answer back. What stays as it was keeps its day,
        for the form sends every answer again.
        """
        changes = {fact: value for fact, value in changes.items() if self._may_change(fact, value)}
        merged: dict[str, Value | None] = {**self.facts, **changes}
        known = {fact: value for fact, value in merged.items() if value is not None}
        same = [fact for fact, value in known.items() if self.facts.get(fact) == value]
        days = {fact: day for fact in same if (day := self.day_of(fact)) is not None and day != on}
        asked = Asked(self.asked.skipped - changes.keys(), self.asked.present - changes.keys())
        still = self.registered and self.registered.only(same)
        sheet = {fact: source for fact, source in self.sheet.items() if fact not in changes}
        return replace(
            self, sheet=sheet, facts=known, answered_on=on, earlier=days, asked=asked, registered=still
        )

    def with_registration(self, told: Mapping[str, Value], source: str, observed_on: date) -> "Answers":
        """These answers, with those of ``told`` as the register has them; the sheet knows better."""
        told = {fact: value for fact, value in told.items() if fact not in self.sheet}
        told_facts = frozenset(told)
        return replace(
            self,
            facts={**self.facts, **told},
            earlier={fact: day for fact, day in self.earlier.items() if fact not in told_facts},
            asked=Asked(self.asked.skipped - told_facts, self.asked.present - told_facts),
            registered=Registered(source, observed_on, told_facts) if told else None,
        )

    def with_sheet(self, values: Mapping[str, Value], sources: Mapping[str, FactSource]) -> "Answers":
        """These answers on the sheet of a business: they fill what it does not say, and a trade it says too
        coarsely.
        """
        stands = {fact: value for fact, value in values.items() if not self._is_closer(fact, value)}
        covered = {fact: value for fact, value in self.facts.items() if fact in stands}
        asked = Asked(self.asked.skipped - stands.keys(), self.asked.present - stands.keys())
        sheet = {fact: sources[fact] for fact in stands}
        return replace(self, facts={**self.facts, **stands}, asked=asked, sheet=sheet, covered=covered)

    @property
    def own(self) -> dict[str, Value]:
        """What the visitor said and no sheet or register did: what may be written on a sheet as said."""
        told = self.told_by_register | self.sheet.keys()
        return {fact: value for fact, value in self.facts.items() if fact not in told}

    def _is_closer(self, fact: str, value: Value) -> bool:
        """Whether the visitor's own answer says the same more closely: H6210 to H62."""
        return fact == TRADE and _is_below(self.facts.get(fact), value)

    def _may_change(self, fact: str, value: Value | None) -> bool:
        """What the sheet says is put right on the sheet, and only told more closely here."""
        if fact not in self.sheet:
            return True
        return fact == TRADE and _is_below(value, self.facts[fact])

    @property
    def told_by_register(self) -> frozenset[str]:
        """The facts that stand as the register told them."""
        return self.registered.facts - self.sheet.keys() if self.registered else frozenset()

    def day_of(self, fact: str) -> date | None:
        """The day on which the visitor gave an answer; None for what the register told."""
        is_told = fact in self.told_by_register or fact in self.sheet
        return None if is_told else self.earlier.get(fact, self.answered_on)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which one of the answers was given, oldest first."""
        return tuple(sorted({day for fact in self.facts if (day := self.day_of(fact)) is not None}))

    def skipping(self, facts: Iterable[str]) -> "Answers":
        """These answers without those of ``facts``, which are not to be asked again."""
        skipped = frozenset(facts) - self.sheet.keys()
        known = {fact: value for fact, value in self.facts.items() if fact not in skipped}
        asked = Asked(self.asked.skipped | skipped, self.asked.present - skipped)
        still = self.registered and self.registered.only(known)
        return replace(self, facts=known, asked=asked, registered=still)

    def setting_aside(self, fact: str) -> "Answers":
        """These answers, that of ``fact`` kept as it is and not to be asked more closely."""
        return replace(self, asked=Asked(self.asked.skipped | {fact}, self.asked.present))

    def having(self, facts: Iterable[str]) -> "Answers":
        """These answers, with ``facts`` known to be more than 0 and still to be asked for."""
        return replace(self, asked=Asked(self.asked.skipped, self.asked.present | frozenset(facts)))

    def asking_again(self) -> "Answers":
        """These answers with nothing skipped."""
        return replace(self, asked=Asked(present=self.asked.present))

    def after(self, screen: str) -> "Answers":
        """These answers, with one more screen that can be gone back to."""
        passed = self.trail if screen in self.trail else (*self.trail, screen)
        return replace(self, trail=passed[-LONGEST_TRAIL:])

    def before(self, screen: str) -> str | None:
        """The screen passed before this one, None where there is none."""
        passed = self.trail[: self.trail.index(screen)] if screen in self.trail else self.trail
        return passed[-1] if passed else None

    def sources(self) -> dict[str, FactSource]:
        """Each answer was declared by the owner on its own day, or is what the register showed."""
        sources = {fact: FactSource("您填写的", self.day_of(fact), is_declared=True) for fact in self.facts}
        if self.registered:
            seen = FactSource(self.registered.source, self.registered.observed_on)
            sources |= dict.fromkeys(self.registered.facts & self.facts.keys(), seen)
        return sources | dict(self.sheet)


def _is_below(one: Value | None, other: Value | None) -> bool:
    return isinstance(one, str) and isinstance(other, str) and len(one) > len(other) and one.startswith(other)


def seal_answers(answers: Answers) -> str:
    """The text for the cookie: compressed and signed, so that nobody else can make one up. The sheet of a
    business stays on the site.
    """
    kept = {fact: value for fact, value in answers.facts.items() if fact not in answers.sheet}
    kept |= answers.covered
    on = answers.answered_on.isoformat() if answers.answered_on else None
    earlier: dict[str, list[str]] = {}
    for fact_id, day in answers.earlier.items():
        earlier.setdefault(day.isoformat(), []).append(fact_id)
    raw: dict[str, Any] = {
        "on": on,
        "facts": facts_to_raw(kept),
        "earlier": earlier,
        "skipped": sorted(answers.asked.skipped),
        "present": sorted(answers.asked.present),
        "trail": answers.trail,
    }
    if seen := answers.registered:
        raw["register"] = [seen.source, seen.observed_on.isoformat(), sorted(seen.facts)]
    return signing.dumps(raw, salt=_SALT, compress=True)


def read_answers(sealed: str | None, dictionary: FactDictionary) -> Answers:
    """The answers in a cookie. A forged or damaged cookie is no answer; an answer the dictionary no
    longer understands is left out, the others are kept.
    """
    if not sealed:
        return Answers()
    try:
        raw: dict[str, Any] = signing.loads(sealed, salt=_SALT)
        on = date.fromisoformat(raw["on"]) if raw["on"] else None
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return Answers()
    facts: dict[str, Value] = {}
    for fact_id, value in raw.get("facts", {}).items():
        try:
            facts |= dictionary.parse_facts({fact_id: value})
        except RuleError:
            continue
    earlier = {
        fact_id: date.fromisoformat(day)
        for day, fact_ids in raw.get("earlier", {}).items()
        for fact_id in fact_ids
        if fact_id in facts
    }
    skipped, present = (frozenset(raw.get(key, ())) & dictionary.keys() for key in ("skipped", "present"))
    asked, trail = Asked(skipped, present), tuple(raw.get("trail", ()))
    return Answers(facts, on, earlier, asked, trail, _read_registered(raw.get("register"), facts))


def _read_registered(raw: list[Any] | None, facts: Mapping[str, Value]) -> Registered | None:
    if raw is None:
        return None
    source, observed_on, told = raw
    return Registered(source, date.fromisoformat(observed_on), frozenset(told)).only(facts)
