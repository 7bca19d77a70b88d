"""What a figure may be, from lowest to highest, and how a result is rounded."""

from dataclasses import dataclass
from fractions import Fraction

FEN = 100


@dataclass(frozen=True, slots=True)
class Span:
    """Every value from ``low`` to ``high``, both included, never below 0; ``high`` None is open.

    A known figure is a span of one value. Arithmetic on spans never loses a value: whatever the figures
    turn out to be, the result lies inside.
    """

    low: Fraction
    high: Fraction | None

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def plus(self, other: "Span") -> "Span":
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(self.low + other.low, high)

    def times(self, other: "Span") -> "Span":
        if self.high == 0 or other.high == 0:
            return ZERO
        high = None if self.high is None or other.high is None else self.high * other.high
        return Span(self.low * other.low, high)

    def at_most(self, limit: "Span") -> "Span":
        """The lesser of the two."""
        highs = [high for high in (self.high, limit.high) if high is not None]
        return Span(min(self.low, limit.low), min(highs) if highs else None)

    def or_else(self, other: "Span") -> "Span":
        """Whatever either may be."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Span(min(self.low, other.low), high)


def exactly(value: int | Fraction) -> Span:
    """The span of one value; what is below 0 counts as 0."""
    kept = max(Fraction(value), Fraction(0))
    return Span(kept, kept)


ZERO = exactly(0)
OPEN = Span(Fraction(0), None)


def in_fen(yuan: Fraction) -> int:
    """元 as whole 分, half a 分 up."""
    return (2 * FEN * yuan.numerator + yuan.denominator) // (2 * yuan.denominator)
