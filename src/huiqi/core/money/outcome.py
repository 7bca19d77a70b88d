"""What is known of a business when a sum is worked out, and what comes of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from huiqi.core.money.spans import Span
from huiqi.core.money.wording import fen_span_text


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a business; ``asks`` names what to ask where it is not known."""

    label: str
    unit: str
    span: Span
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Whether the condition of a tier holds, None where that is not known; ``words`` say what it asks."""

    holds: bool | None
    words: str
    asks: tuple[str, ...] = ()


class Known(Protocol):
    """What is known of one business."""

    def quantity(self, name: str) -> Quantity:
        """The figure of that name."""

    def state(self, when: object) -> State:
        """Whether the condition of a tier holds."""


class Certainty(StrEnum):
    """How far a sum could be worked out."""

    EXACT = "exact"
    RANGE = "range"  # everything was told; the text itself leaves a range
    UNFILLED = "unfilled"  # something is still to be told
    UNSAID = "unsaid"  # the text names no way to work it out


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: what is done, and what stands there then."""

    words: str
    figure: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sum in 分 between ``low_fen`` and ``high_fen`` (None: no upper end known), with its working.

    The last step is the result. ``missing`` names what to ask, in the order of the formula.
    """

    low_fen: int
    high_fen: int | None
    certainty: Certainty
    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return fen_span_text(self.low_fen, self.high_fen)
