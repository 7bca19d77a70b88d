"""How an item stands for one visitor, in the words of whoever judged it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """A verdict as a list shows it: its mark, and its ``rank``, 0 for what comes first.

    Verdicts are made above the library; the library only orders by them and shows them.
    """

    name: str
    label: str
    icon: str
    rank: int
