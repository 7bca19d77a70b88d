"""What waiting alone does, against a search that looks at one day after the other."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from huiqi.core.rules.advice import advise
from huiqi.core.rules.derivation import derive, full_months
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.facts import Change, Value
from huiqi.core.rules.remedies import Remedy
from huiqi.core.rules.rule import Rule, Window
from huiqi.core.rules.waiting import earliest_by_time
from tests.core.rules.sample import DICTIONARY, Raw, condition_of, facts_of, raw_facts, raw_trees

AS_OF = date(2026, 1, 31)
DAY = timedelta(days=1)
HORIZON = 1_500
TIMED = ("established_on", "months_since_established", "owner_age", "niche_market_years", "is_operating")


def leaf(fact_id: str, op: str, value: object) -> Raw:
    return {"fact": fact_id, "op": op, "value": value}


def facts_after(facts: dict[str, Value], day: date) -> dict[str, Value]:
    """What the facts are on a later day if nothing happens but time: counts grow unit by unit."""
    passed, later = full_months(AS_OF, day), dict(facts)
    for fact_id, value in facts.items():
        if fact_id == "months_since_established" and isinstance(value, int):
            later[fact_id] = value + passed
        elif fact_id == "owner_age" and isinstance(value, int):
            later[fact_id] = value + passed // 12
        elif fact_id == "niche_market_years" and isinstance(value, (int, float)):
            later[fact_id] = float(Fraction(str(value)) + Fraction(passed, 12))
    return dict(derive(later, day, None).facts)


def is_eligible_on(rule: Rule, facts: dict[str, Value], day: date) -> bool:
    return decide(rule, facts_after(facts, day), day, DICTIONARY) is Verdict.ELIGIBLE


def first_day(rule: Rule, facts: dict[str, Value]) -> date | None:
    days = (AS_OF + DAY * n for n in range(1, HORIZON))
    return next((day for day in days if is_eligible_on(rule, facts, day)), None)


windows = st.builds(
    Window,
    st.none() | st.dates(date(2025, 6, 1), date(2027, 3, 1)),
    st.none() | st.dates(date(2026, 1, 1), date(2028, 6, 1)),
)
founding = st.fixed_dictionaries(
    {}, optional={"established_on": st.dates(date(2022, 1, 1), date(2026, 4, 1))}
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(raw_trees(TIMED, max_leaves=6), raw_facts(TIMED[1:]), founding, windows)
def test_the_day_told_is_the_first_on_which_waiting_alone_suffices(
    tree: Raw, facts: Raw, founded: dict[str, Value], window: Window
) -> None:
    rule, known = Rule("r", window, condition_of(tree)), {**facts_of(facts), **founded}
    assume(not is_eligible_on(rule, known, AS_OF))
    remedy, day = earliest_by_time(rule, known, AS_OF, DICTIONARY), first_day(rule, known)
    if remedy is None or remedy.on is None:
        assert day is None
    elif remedy.on < AS_OF + DAY * HORIZON:
        assert remedy.on == day
    else:
        assert day is None
        assert is_eligible_on(rule, known, remedy.on)
        assert not is_eligible_on(rule, known, remedy.on - DAY)


def waiting(tree: Raw, facts: Raw, window: Window | None = None, as_of: date = AS_OF) -> Remedy | None:
    rule = Rule("r", window or Window(), condition_of(tree))
    found = [
        each
        for each in advise(rule, facts_of(facts), as_of, DICTIONARY).remedies
        if each.change is Change.BY_TIME
    ]
    return found[0] if found else None


def test_a_year_of_business_is_told_to_the_day() -> None:
    remedy = waiting(leaf("months_since_established", "ge", 12), {"established_on": "2025-03-14"})
    assert remedy == Remedy(
        "months_since_established", Change.BY_TIME, "还差 42 天满 1 年（2026年3月14日）", date(2026, 3, 14)
    )


@pytest.mark.parametrize(
    ("tree", "facts", "text"),
    [
        (
            leaf("months_since_established", "ge", 6),
            {"established_on": "2025-08-31"},
            "还差 29 天满 6 个月（2026年3月1日）",
        ),
        (
            leaf("months_since_established", "gt", 36),
            {"established_on": "2023-01-31"},
            "还差 29 天满 37 个月（2026年3月1日）",
        ),
        (
            leaf("months_since_established", "ge", 12),
            {"months_since_established": 11},
            "最多还差 29 天满 1 年（2026年3月1日）",
        ),
        (
            leaf("owner_age", "ge", 18),
            {"owner_age": 17},
            "最多还差 365 天“经营者年龄”满 18 周岁（2027年1月31日）",
        ),
        (
            leaf("niche_market_years", "ge", 2),
            {"niche_market_years": 1.5},
            "最多还差 181 天“细分市场年限”满 2 年（2026年7月31日）",
        ),
        (
            leaf("niche_market_years", "gt", 2),
            {"niche_market_years": 1.5},
            "最多还差 212 天“细分市场年限”超过 2 年（2026年8月31日）",
        ),
    ],
)
def test_waiting_reads_as_one_would_say_it(tree: Raw, facts: Raw, text: str) -> None:
    remedy = waiting(tree, facts)
    assert remedy is not None
    assert remedy.text == text


def test_a_count_without_its_starting_day_is_said_to_come_at_most_that_late() -> None:
    both = {"established_on": "2025-03-14", "months_since_established": 11}
    remedy = waiting(leaf("months_since_established", "ge", 12), both)
    assert remedy is not None
    assert remedy.text.startswith("最多还差")


def test_a_window_that_closes_before_the_day_leaves_nothing_to_wait_for() -> None:
    tree, facts = leaf("months_since_established", "ge", 12), {"established_on": "2025-03-14"}
    assert waiting(tree, facts, Window(None, date(2026, 3, 13))) is None
    assert waiting(tree, facts, Window(None, date(2026, 3, 14))) is not None


def test_a_rule_not_yet_in_force_is_waited_for() -> None:
    remedy = waiting(leaf("is_operating", "eq", True), {"is_operating": True}, Window(AS_OF + DAY * 10))
    assert remedy == Remedy("", Change.BY_TIME, "还差 10 天开始执行（2026年2月10日）", date(2026, 2, 10))


def test_a_rule_not_yet_in_force_that_one_grows_out_of_is_no_hope() -> None:
    facts = {"established_on": "2024-02-05"}
    assert waiting(leaf("months_since_established", "lt", 24), facts, Window(AS_OF + DAY * 10)) is None


def test_two_things_awaited_for_the_same_day_are_both_named() -> None:
    tree = {"all": [leaf("owner_age", "ge", 18), leaf("months_since_established", "ge", 24)]}
    remedy = waiting(tree, {"owner_age": 17, "established_on": "2025-01-31"})
    assert remedy is not None
    assert remedy.text == "最多还差 365 天“经营者年龄”满 18 周岁，并且满 2 年（2027年1月31日）"


def test_what_falls_on_the_same_day_and_decides_nothing_is_not_named() -> None:
    """Both counts reach a bound of the rule on one day; only the second bound matters."""
    hopeless = {"all": [leaf("owner_age", "ge", 18), leaf("is_operating", "eq", False)]}
    tree = {"any": [hopeless, leaf("months_since_established", "ge", 24)]}
    facts = {"owner_age": 17, "established_on": "2025-01-31", "is_operating": True}
    remedy = waiting(tree, facts)
    assert remedy is not None
    assert remedy.text == "还差 365 天满 2 年（2027年1月31日）"


def test_time_does_not_mend_what_time_has_spoiled() -> None:
    assert waiting(leaf("owner_age", "le", 45), {"owner_age": 60}) is None
    assert waiting(leaf("months_since_established", "lt", 12), {"established_on": "2020-01-01"}) is None


def test_a_state_that_passes_is_told_without_a_day() -> None:
    remedy = waiting(leaf("has_incident", "eq", False), {"has_incident": True})
    assert remedy == Remedy("has_incident", Change.BY_TIME, "等“近一年重大事故”的情况过去", None)
    other = {"all": [leaf("has_incident", "eq", False), leaf("is_operating", "eq", True)]}
    assert waiting(other, {"has_incident": True, "is_operating": False}) is None


def test_a_goal_beyond_the_calendar_is_no_goal() -> None:
    assert waiting(leaf("owner_age", "ge", 100_000), {"owner_age": 17}) is None
