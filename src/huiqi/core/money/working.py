"""Works a formula out over what is known, and keeps the working, line by line, in words."""

from dataclasses import dataclass, field
from fractions import Fraction

from huiqi.core.money.amounts import (
    Factor,
    Fixed,
    Formula,
    Limit,
    Product,
    RelievedTax,
    Review,
    Slices,
    Tiers,
)
from huiqi.core.money.outcome import Certainty, Known, Outcome, Quantity, Step
from huiqi.core.money.spans import OPEN, ZERO, Span, exactly, in_fen
from huiqi.core.money.tax import (
    apportioned,
    largest_relief,
    relief,
    sliced,
    tax_on,
    top_slice,
)
from huiqi.core.money.wording import NOT_TOLD, fen_span_text, plain, rate_text, span_text

YUAN = "元"
RESULT = "算下来"
WHOLE = (Fraction(1), Fraction(1))  # all of it: a line that says × 100% would tell nothing


def work_out(formula: Formula, known: Known) -> Outcome:
    """The sum a formula gives over what is known, rounded to 分 once, at the end.

    A figure that is not known leaves a range that holds every sum it could lead to.
    """
    sheet = _Sheet(known)
    span = sheet.work(formula)
    low, high = in_fen(span.low), None if span.high is None else in_fen(span.high)
    certainty = _certainty(formula, is_exact=low == high, is_missing=bool(sheet.missing))
    missing = tuple(dict.fromkeys(sheet.missing)) if certainty is Certainty.UNFILLED else ()
    text = _limit_text(high) if certainty is Certainty.UNSAID else fen_span_text(low, high)
    return Outcome(low, high, certainty, (*sheet.steps, Step(RESULT, text)), missing)


def _certainty(formula: Formula, *, is_exact: bool, is_missing: bool) -> Certainty:
    if isinstance(formula, Limit):
        return Certainty.UNSAID
    if is_exact:
        return Certainty.EXACT
    return Certainty.UNFILLED if is_missing else Certainty.RANGE


def _limit_text(high_fen: int | None) -> str:
    return "算不出准数" if high_fen is None else f"最多 {fen_span_text(high_fen, high_fen)}"


@dataclass(slots=True)
class _Sheet:
    """The sheet of paper: the lines written so far, and what was found missing."""

    known: Known
    steps: list[Step] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def work(self, formula: Formula) -> Span:
        match formula:
            case Fixed(yuan):
                return self._line("定额", exactly(yuan))
            case Product():
                return self._product(formula)
            case Slices():
                return self._slices(formula)
            case RelievedTax():
                return self._relieved(formula)
            case Review():
                return self._review(formula)
            case Tiers():
                return self._tiers(formula)
            case Limit(most, because):
                self.steps.append(Step(because, "算不出准数"))
                return OPEN if most is None else OPEN.at_most(exactly(most))

    def _line(self, words: str, span: Span, unit: str = YUAN) -> Span:
        self.steps.append(Step(words, span_text(span, unit)))
        return span

    def _read(self, name: str) -> Quantity:
        """A figure of the business, with its line."""
        quantity = self.known.quantity(name)
        self.missing.extend(quantity.asks)
        figure = NOT_TOLD if quantity.asks else span_text(quantity.span, quantity.unit)
        self.steps.append(Step(quantity.label, figure))
        return quantity

    def _capped(self, span: Span, most: int | None, unit: str = YUAN) -> Span:
        if most is None or (span.high is not None and span.high <= most):
            return span
        return self._line(f"最多按 {most:,} {unit}算", span.at_most(exactly(most)), unit)

    def _product(self, formula: Product) -> Span:
        first, *others = formula.factors
        span, unit = self._factor(first)
        for factor in others:
            other, other_unit = self._factor(factor)
            unit = YUAN if YUAN in (unit, other_unit) else unit
            product = _divided(span.times(other), factor)
            span = self._line(f"前面两个数相乘{_per_words(factor)}", product, unit)
        for times in formula.times:
            span = self._line(f"× {times.number} {times.words}", span.times(exactly(times.number)), unit)
        if formula.rate is not None and formula.rate != WHOLE:
            span = self._line(f"× {rate_text(*formula.rate)}", span.times(Span(*formula.rate)))
        if formula.yuan is not None:
            each = Span(*map(Fraction, formula.yuan))
            span = self._line(f"× {span_text(each, YUAN)}", span.times(each))
        span = self._capped(span, formula.most)
        if formula.most_of is not None:
            span = self._line("两个数取小的", span.at_most(self._read(formula.most_of).span))
        return span

    def _factor(self, factor: Factor) -> tuple[Span, str]:
        """What a factor counts, and its unit; a line for each quantity."""
        span, unit = ZERO, YUAN
        for name in factor.quantities:
            quantity = self._read(name)
            span, unit = span.plus(quantity.span), quantity.unit
        if len(factor.quantities) > 1:
            self._line("加起来", span, unit)
        return self._capped(span, factor.most, unit), unit

    def _slices(self, formula: Slices) -> Span:
        whole = self._read(formula.quantity)
        lows = sliced(whole.span.low, formula.slices)
        highs = None if whole.span.high is None else sliced(whole.span.high, formula.slices)
        total, lower = ZERO, 0
        for number, each in enumerate(formula.slices):
            part = Span(lows[number], _slice_high(each.up_to, lower) if highs is None else highs[number])
            lower, words = each.up_to or lower, _slice_words(each.up_to, lower)
            if part.high == 0:
                continue
            share = part.times(exactly(each.rate))
            self._line(f"{words} {span_text(part, YUAN)} × {rate_text(each.rate, each.rate)}", share)
            total = total.plus(share)
        return self._capped(self._line("各部分加起来", total), formula.most)

    def _relieved(self, formula: RelievedTax) -> Span:
        income = self._read(formula.income)
        within = self._line(
            f"其中 {formula.first:,} 元以内的部分", income.span.at_most(exactly(formula.first))
        )
        top = Fraction(formula.first) if within.high is None else within.high
        tax = Span(tax_on(within.low, formula.schedule), tax_on(top, formula.schedule))
        self._line(_tax_words(within, formula), tax)
        other = self._read(formula.other_relief)
        if other.span.high and income.span.is_exact and other.span.is_exact:
            part = apportioned(income.span.low, other.span.low, formula.first)
            left = self._line("税减去摊到这部分的其他减免", exactly(tax.low - part))
            self._line(f"× {rate_text(formula.share, formula.share)}", left.times(exactly(formula.share)))
        else:
            self._line(f"× {rate_text(formula.share, formula.share)}", _relief_span(income, other, formula))
        return _relief_span(income, other, formula)

    def _review(self, formula: Review) -> Span:
        low, high = Fraction(min(formula.choices)), Fraction(max(formula.choices))
        if formula.is_between:
            return self._line("在这个范围里由评审定", Span(low, high))
        choices = "或 ".join(f"{choice:,} 元" for choice in formula.choices)
        return self._line(f"由评审定：{choices}", Span(low, high))

    def _tiers(self, formula: Tiers) -> Span:
        """The span over the tiers that may hold, up to the first that does."""
        span: Span | None = None
        for tier in formula.tiers:
            state = self.known.state(tier.when)
            if state.holds is False:
                continue
            self.missing.extend(state.asks)
            sum_ = self._line(state.words, exactly(tier.yuan))
            span = sum_ if span is None else span.or_else(sum_)
            if state.holds:
                break
        return self._line("哪一档都够不上", ZERO) if span is None else span


def _divided(span: Span, factor: Factor) -> Span:
    return span.times(Span(Fraction(1, factor.per), Fraction(1, factor.per)))


def _per_words(factor: Factor) -> str:
    return f"，÷ {factor.per}" if factor.per > 1 else ""


def _slice_high(up_to: int | None, lower: int) -> Fraction | None:
    return None if up_to is None else Fraction(up_to - lower)


def _slice_words(up_to: int | None, lower: int) -> str:
    if up_to is None:
        return f"超过 {lower:,} 元的部分"
    return f"{lower:,} 元到 {up_to:,} 元的部分" if lower else f"{up_to:,} 元以内的部分"


def _tax_words(within: Span, formula: RelievedTax) -> str:
    if not within.is_exact:
        return "这部分按税率表要交的税"
    rate, quick = top_slice(within.low, formula.schedule)
    return f"这部分的税：× {rate_text(rate, rate)} - 速算扣除数 {plain(quick)} 元"


def _relief_span(income: Quantity, other: Quantity, formula: RelievedTax) -> Span:
    low = Fraction(0) if other.span.high is None else relief(income.span.low, other.span.high, formula)
    if income.span.high is None:
        return Span(low, largest_relief(formula))
    return Span(low, relief(income.span.high, other.span.low, formula))
