"""Which sums may be added up, which of a group is worth most, and how sums are said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huiqi.catalogue.amounts import Per
from huiqi.catalogue.items import BenefitType
from huiqi.core.money.outcome import Certainty, Outcome
from huiqi.core.money.spans import FEN
from huiqi.core.money.wording import fen_text
from huiqi.core.rules.wording import money_text

PERS: Mapping[Per, str] = {Per.YEAR: "每年", Per.ONCE: "一次"}
_KINDS = {Per.YEAR: "每年的", Per.ONCE: "一次性的"}
COUNTED = (Certainty.EXACT, Certainty.RANGE)
_DEEDS = {BenefitType.TAX_CUT: "少交", BenefitType.LOAN: "能贷", BenefitType.INTEREST_SUBSIDY: "能得贴息"}


@dataclass(frozen=True, slots=True)
class Sum:
    """What one item brings: at least ``low_fen``, at most ``high_fen``."""

    item_id: str
    per: Per
    low_fen: int
    high_fen: int

    @property
    def weight(self) -> int:
        """By which sums are compared: the middle of a range."""
        return self.low_fen + self.high_fen


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of one kind added up; those that come once and those of every year are never mixed."""

    per: Per
    low_fen: int
    high_fen: int
    count: int

    @property
    def label(self) -> str:
        return _KINDS[self.per]

    @property
    def sum(self) -> str:
        return f"大约 {short_text(self.low_fen, self.high_fen)}"


def totals_of(sums: Sequence[Sum], groups: Iterable[Iterable[str]]) -> tuple[Total, ...]:
    """The totals, of each group of ``groups`` one item at most: the largest, unless one of another of its
    groups is larger still. So a total never promises too much.
    """
    barriers = [frozenset(group) for group in groups]
    taken: list[Sum] = []
    for each in sorted(sums, key=lambda each: (-each.weight, each.item_id)):
        rivals = {other.item_id for other in taken}
        if not any(each.item_id in barrier and barrier & rivals for barrier in barriers):
            taken.append(each)
    return tuple(_total(per, [each for each in taken if each.per is per]) for per in PERS)


def _total(per: Per, sums: Sequence[Sum]) -> Total:
    low, high = sum(each.low_fen for each in sums), sum(each.high_fen for each in sums)
    return Total(per, low, high, len(sums))


def deed_of(kind: BenefitType) -> str:
    """What a benefit does for the owner, before a sum."""
    return _DEEDS.get(kind, "能得")


def short_text(low_fen: int, high_fen: int | None) -> str:
    """A sum as people say it: 2.4 万元, 最多 2.4 万元, 2 万元到 5 万元; 1,280.50 元 where there are 分."""
    if high_fen is None:
        return f"至少 {_said(low_fen)}" if low_fen else "填了才知道"
    if low_fen == high_fen:
        return _said(low_fen)
    return f"{_said(low_fen)}到 {_said(high_fen)}" if low_fen else f"最多 {_said(high_fen)}"


def long_text(low_fen: int, high_fen: int | None) -> str:
    """A sum to the 分: ¥1,280.00; a range in the words of short_text."""
    return (
        f"¥{low_fen // FEN:,}.{low_fen % FEN:02d}" if low_fen == high_fen else short_text(low_fen, high_fen)
    )


def _said(fen: int) -> str:
    yuan, rest = divmod(fen, FEN)
    return fen_text(fen) if rest else money_text(yuan)


def outcome_text(outcome: Outcome) -> str:
    """What stands for an outcome in a list."""
    if outcome.certainty is Certainty.UNSAID:
        return "算不出准数" if outcome.high_fen is None else f"最多 {_said(outcome.high_fen)}"
    if outcome.certainty is Certainty.UNFILLED and outcome.high_fen is None:
        return f"填 {len(outcome.missing)} 个数就能算"
    return short_text(outcome.low_fen, outcome.high_fen)
