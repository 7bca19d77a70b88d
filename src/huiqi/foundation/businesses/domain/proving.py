"""What proves that somebody runs a business: a port, behind which stands what the operator connected."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that they run the business with this code; ``given`` is what they gave as proof."""

    credit_code: str
    operator: str
    given: str


class Prover(Protocol):
    """``label`` asks for the proof and ``hint`` says what it is, in plain words. ``method`` is kept beside
    the binding as its evidence.
    """

    label: str
    hint: str
    method: str

    def is_proved(self, claim: Claim) -> bool: ...
