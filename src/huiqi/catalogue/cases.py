"""Runs the worked cases one by one through core.rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiqi.catalogue.items import Catalogue, WorkedCase
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.evaluation import Verdict, decide


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One worked case with the verdict the rules gave."""

    case: WorkedCase
    verdict: Verdict

    @property
    def is_passed(self) -> bool:
        """Whether the rules agree with the person who wrote the case."""
        return self.verdict is self.case.expected


def run_cases(catalogue: Catalogue, cases: Iterable[WorkedCase] | None = None) -> tuple[CaseResult, ...]:
    """Decide every worked case (or only ``cases``) against the catalogue's own items."""
    chosen = catalogue.cases if cases is None else cases
    return tuple(CaseResult(case, verdict_of(catalogue, case)) for case in chosen)


def verdict_of(catalogue: Catalogue, case: WorkedCase) -> Verdict:
    """The verdict of one worked case.

    Months are derived from the founding date where absent. The size class is not: a case says what it
    stands on, and must not change its verdict when a size standard is replaced.
    """
    facts = derive(case.facts, case.as_of, size_standard=None).facts
    return decide(catalogue.items[case.item_id].rule, facts, case.as_of, catalogue.dictionary)
