"""The worked cases of a catalogue through the population path."""

from datetime import date

from huiqi.catalogue.items import Catalogue, WorkedCase
from huiqi.core.rules.evaluation import Verdict
from huiqi.core.rules.plan import Plan, compile_plan
from huiqi.population.columns import block_of_facts
from huiqi.population.match import match_table
from huiqi.population.verdicts import VERDICTS


def verdicts_for_cases(catalogue: Catalogue) -> dict[str, Verdict]:
    """The verdict of every worked case by its id, all cases of one day decided as one table.

    As in catalogue.cases, no size class is derived: a case says what it stands on.
    """
    plan = compile_plan((item.rule for item in catalogue.items.values()), catalogue.dictionary)
    by_day: dict[date, list[WorkedCase]] = {}
    for case in catalogue.cases:
        by_day.setdefault(case.as_of, []).append(case)
    verdicts: dict[str, Verdict] = {}
    for as_of, cases in by_day.items():
        verdicts |= _verdicts_on(as_of, cases, plan, catalogue)
    return {case.id: verdicts[case.id] for case in catalogue.cases}


def _verdicts_on(
    as_of: date, cases: list[WorkedCase], plan: Plan, catalogue: Catalogue
) -> dict[str, Verdict]:
    place_of = {rule.id: place for place, rule in enumerate(plan.rules)}
    block = block_of_facts([case.id for case in cases], [case.facts for case in cases], catalogue.dictionary)
    (decided,) = match_table(plan, [block], as_of)
    codes = decided.codes()
    return {case.id: VERDICTS[codes[place_of[case.item_id], row]] for row, case in enumerate(cases)}
