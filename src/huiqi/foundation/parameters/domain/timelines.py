"""Which version of a parameter is in force on a day."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from huiqi.foundation.parameters.domain.kinds import Value

LONGEST_AHEAD = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Version:
    """A value in force from a day on, until the next one. ``number`` orders those of one day."""

    number: int
    from_on: date
    value: Value


class Timeline:
    """Every version of one parameter. Before the first one the default is in force, so on every day there is
    exactly one value.
    """

    def __init__(self, default: Value, versions: Iterable[Version] = ()) -> None:
        self.default = default
        self.versions = tuple(sorted(versions, key=lambda each: (each.from_on, each.number)))
        self._starts = [each.from_on for each in self.versions]

    def version(self, day: date) -> Version | None:
        """The version in force on ``day``; None for the default."""
        before = bisect_right(self._starts, day)
        return self.versions[before - 1] if before else None

    def value(self, day: date) -> Value:
        """The value in force on ``day``."""
        found = self.version(day)
        return found.value if found else self.default

    def ahead(self, day: date) -> tuple[Version, ...]:
        """The versions that begin after ``day``, the next one first."""
        return self.versions[bisect_right(self._starts, day) :]


def day_fault(from_on: date, today: date) -> str:
    """Why a change cannot begin on a day; empty for nothing. Today has been reckoned by already."""
    if from_on <= today:
        return "新的数最早从明天起用：今天和以前已经按原来的数办了。请改成以后的日子。"
    if from_on - today > LONGEST_AHEAD:
        return "最远只能定到两年以后，请改得近一些。"
    return ""
