"""Bars on the catalogue: that its worked cases would notice a wrong rule, and that it loads at once."""

import time
from datetime import date

from benchmarks.bars import Figure, bar
from benchmarks.mutation import score
from huiqi.catalogue.cases import run_cases
from huiqi.catalogue.linting import lint_catalogue
from huiqi.catalogue.load import load_catalogue
from huiqi.core.rules.linting import Severity

CATALOGUE = "A1, deliver 5"
RULES = "A1, deliver 3"
MUTANTS_SHARE = 0.90
GIVEN_CASES = 443
LOAD_SECONDS = 1.0
LINT_SECONDS = 2.0


@bar("worked cases of the shipped catalogue, one by one", "0 failed", source=CATALOGUE, limit_minutes=2)
def worked_cases() -> Figure:
    results = run_cases(load_catalogue())
    passed = sum(result.is_passed for result in results)
    failed = len(results) - passed
    return Figure(f"{passed} passed, {failed} failed", is_met=failed == 0)


@bar("mutants of the rule trees caught", f"≥ {MUTANTS_SHARE:.0%}", source=CATALOGUE, limit_minutes=5)
def mutants_caught() -> Figure:
    catalogue = load_catalogue()
    given = [case for case in catalogue.cases if int(case.id.removeprefix("c-")) <= GIVEN_CASES]
    before, now = score(catalogue, given), score(catalogue)
    return Figure(
        f"{now.caught} of {now.total} ({now.share:.1%}) by {len(catalogue.cases)} cases; "
        f"the {len(given)} given ones alone catch {before.share:.1%}",
        is_met=now.share >= MUTANTS_SHARE,
    )


@bar("the shipped catalogue loads", f"< {LOAD_SECONDS:g} s", source=CATALOGUE, limit_minutes=1)
def load_time() -> Figure:
    began = time.perf_counter()
    catalogue = load_catalogue()
    seconds = time.perf_counter() - began
    return Figure(f"{seconds:.2f} s for {len(catalogue.items)} items", is_met=seconds < LOAD_SECONDS)


@bar(
    "lint of the shipped catalogue",
    f"0 errors, < {LINT_SECONDS:g} s",
    source="A1, deliver 3",
    limit_minutes=2,
)
def lint() -> Figure:
    catalogue = load_catalogue()
    began = time.perf_counter()
    findings = lint_catalogue(catalogue, date(2026, 11, 23))
    seconds = time.perf_counter() - began
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    text = f"{errors} errors, {len(findings) - errors} warnings in {seconds:.2f} s"
    return Figure(text, is_met=errors == 0 and seconds < LINT_SECONDS)
