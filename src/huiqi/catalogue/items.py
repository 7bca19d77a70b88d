"""What the catalogue holds: items, their worked cases, and where they come from. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiqi.catalogue.amounts import Amount
from huiqi.catalogue.exclusions import Exclusion
from huiqi.core.rules.conditions import Condition
from huiqi.core.rules.evaluation import Verdict
from huiqi.core.rules.facts import FactDictionary, Value
from huiqi.core.rules.rule import Rule, Window

EVERY_INDUSTRY = "*"
NATIONWIDE = "000000"


class ItemKind(StrEnum):
    """A public policy or a bank's loan product."""

    POLICY = "policy"
    LOAN_PRODUCT = "loan_product"


class Level(StrEnum):
    """Who issued the item."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    BANK = "bank"


class BenefitType(StrEnum):
    """What the business gets."""

    TAX_CUT = "tax_cut"
    SUBSIDY = "subsidy"
    REWARD = "reward"
    INTEREST_SUBSIDY = "interest_subsidy"
    GUARANTEE = "guarantee"
    LOAN = "loan"
    RECOGNITION = "recognition"
    SERVICE = "service"


class Delivery(StrEnum):
    """How the benefit reaches the business; the words are those of the policies."""

    WITHOUT_APPLYING = "免申即享"
    ON_REQUEST = "即申即享"
    BY_APPLICATION = "申报"


class Confidence(StrEnum):
    """How sure the modeller was of having read the source rightly."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SourceKind(StrEnum):
    """Whose page the text was read on."""

    GOV = "gov"
    BANK = "bank"
    MEDIA = "media"
    AGGREGATOR = "aggregator"
    MIRROR = "mirror"


class Grade(StrEnum):
    """How much a source weighs: the issuer's own page, a press or bank page, somebody's copy."""

    A = "A"
    B = "B"
    C = "C"


GRADE_OF = {
    SourceKind.GOV: Grade.A,
    SourceKind.BANK: Grade.B,
    SourceKind.MEDIA: Grade.B,
    SourceKind.AGGREGATOR: Grade.C,
    SourceKind.MIRROR: Grade.C,
}


@dataclass(frozen=True, slots=True)
class Source:
    """The page an item was read on."""

    url: str
    kind: SourceKind
    grade: Grade
    confidence: Confidence

    @property
    def public_url(self) -> str | None:
        """The address the public may be shown.

        None for a mirror: those copies of somebody else's page stand on unrelated, sometimes harmful,
        domains and are kept as provenance only.
        """
        return None if self.kind is SourceKind.MIRROR else self.url


@dataclass(frozen=True, slots=True)
class Tier:
    """An amount in 元 for those for whom ``when`` holds. The first tier that holds counts."""

    when: Condition
    amount_cny: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """What is granted: ``amount_cny_max`` in whole 元, ``rate`` as a fraction (0.05 is 5 %).

    ``formula`` is in words, ``amount`` the same to be worked out, None where nobody has written it;
    ``unit`` says per what the amount counts (one_off, per_year …). Tiers never decide eligibility.
    """

    type: BenefitType
    amount_cny_max: int | None
    rate: float | None
    formula: str
    unit: str
    tiers: tuple[Tier, ...] = ()
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """A bank's terms: whole 元, months, yearly rates as fractions; None where the page did not say."""

    bank: str
    max_amount_cny: int | None
    term_months_max: int | None
    rate_min: float | None
    rate_max: float | None
    guarantee: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One benefit: a policy item or a loan product.

    ``conditions_text`` are the sentences people read; a leaf of ``condition`` names by ``clause`` the
    sentence it expresses. ``manual_checks`` are required too, but no fact covers them. ``office`` and
    ``phone`` are where the source says to ask; ``superseded_by`` is the id of a later item of its kind.
    """

    id: str
    kind: ItemKind
    title: str
    doc_no: str | None
    issuer: str
    level: Level
    region_code: str
    industry_scope: tuple[str, ...]
    published_on: date | None
    window: Window
    benefit: Benefit
    delivery: Delivery
    summary: str
    conditions_text: tuple[str, ...]
    condition: Condition
    manual_checks: tuple[str, ...]
    materials: tuple[str, ...]
    channel: str
    deadline: str | None
    loan: LoanTerms | None
    note: str | None
    source: Source
    office: str | None = None
    phone: str | None = None
    superseded_by: str | None = None

    @property
    def rule(self) -> Rule:
        """What decides this item."""
        return Rule(self.id, self.window, self.condition, self.manual_checks)


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A business (as far as known) with the verdict a person read from the sentences of an item."""

    id: str
    item_id: str
    as_of: date
    facts: Mapping[str, Value]
    expected: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One dictionary, the items by id in a stable order, every worked case, and what excludes what."""

    dictionary: FactDictionary
    items: Mapping[str, Item]
    cases: tuple[WorkedCase, ...]
    exclusions: tuple[Exclusion, ...] = ()

    def cases_of(self, item_id: str) -> tuple[WorkedCase, ...]:
        """The worked cases of one item, in their order."""
        return tuple(case for case in self.cases if case.item_id == item_id)
