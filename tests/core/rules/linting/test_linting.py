"""Lint of several rules: ids, windows, and what is said of which rule."""

from datetime import date

from huiqi.core.rules.conditions import parse_condition
from huiqi.core.rules.linting import Code, Finding, Severity, lint_rules, lint_tiers
from huiqi.core.rules.rule import Rule, Window
from tests.core.rules.sample import DICTIONARY, Raw

TODAY = date(2026, 6, 1)
SEVERAL: Raw = {"fact": "employees", "op": "ge", "value": 5}
MANY: Raw = {"fact": "employees", "op": "ge", "value": 20}
NOBODY: Raw = {"fact": "employees", "op": "lt", "value": 0}


def rule(item_id: str, tree: Raw = SEVERAL, opens: date | None = None, closes: date | None = None) -> Rule:
    return Rule(item_id, Window(opens, closes), parse_condition(tree, DICTIONARY))


def lint(*rules: Rule) -> list[tuple[str, Code, str]]:
    return [(each.item_id, each.code, each.path) for each in lint_rules(rules, DICTIONARY, TODAY)]


def test_a_window_that_ended_yesterday_is_a_warning_with_its_date() -> None:
    (finding,) = lint_rules([rule("old", closes=date(2026, 5, 31))], DICTIONARY, TODAY)
    assert (finding.severity, finding.code, finding.path) == (
        Severity.WARNING, Code.EXPIRED_WINDOW, "effective_to",
    )  # fmt: skip
    assert "2026年5月31日" in finding.message


def test_the_last_day_and_a_window_to_come_are_no_findings() -> None:
    assert lint(rule("today", closes=TODAY), rule("later", MANY, opens=date(2026, 7, 1))) == []


def test_a_window_without_a_day_is_an_error() -> None:
    (finding,) = lint_rules(
        [rule("never", opens=date(2026, 2, 1), closes=date(2026, 1, 31))], DICTIONARY, TODAY
    )
    assert (finding.severity, finding.code) == (Severity.ERROR, Code.NEVER_OPEN)


def test_an_id_used_twice_is_an_error() -> None:
    findings = lint_rules([rule("one"), rule("one", MANY)], DICTIONARY, TODAY)
    assert [(each.severity, each.code, each.item_id) for each in findings] == [
        (Severity.ERROR, Code.DUPLICATE_ID, "one")
    ]


def test_rules_nobody_meets_are_not_also_called_the_same() -> None:
    assert lint(rule("one", NOBODY), rule("two", {"not": {"not": NOBODY}})) == [
        ("one", Code.NEVER_TRUE, "conditions"),
        ("two", Code.NEVER_TRUE, "conditions"),
    ]


def test_equal_rules_are_a_warning_on_the_later() -> None:
    assert lint(rule("one"), rule("two", MANY), rule("three")) == [("three", Code.SAME_RULE, "conditions")]


def tiers(*whens: Raw, condition: Raw = SEVERAL) -> list[tuple[Code, str]]:
    parsed = [parse_condition(when, DICTIONARY) for when in whens]
    findings: tuple[Finding, ...] = lint_tiers(
        "item", parse_condition(condition, DICTIONARY), parsed, DICTIONARY
    )
    return [(finding.code, finding.path) for finding in findings]


def at_least(number: int) -> Raw:
    return {"fact": "annual_revenue_cny", "op": "ge", "value": number}


def test_tiers_from_the_highest_down_are_sound() -> None:
    assert tiers(at_least(3_000_000), at_least(100_000), {"not": at_least(100_000)}) == []


def test_a_tier_behind_a_wider_one_is_never_reached() -> None:
    assert tiers(at_least(100_000), at_least(3_000_000)) == [(Code.UNREACHABLE_TIER, "benefit/tiers[1]/when")]


def test_a_tier_no_eligible_business_can_reach_is_found() -> None:
    small = {"fact": "employees", "op": "lt", "value": 5}
    assert tiers(small, MANY) == [(Code.UNREACHABLE_TIER, "benefit/tiers[0]/when")]


def test_a_tier_is_linted_as_a_tree_of_its_own() -> None:
    everyone = {"fact": "employees", "op": "ge", "value": 0}
    doubled = {"all": [at_least(100_000), at_least(3_000_000)]}
    assert tiers(NOBODY) == [(Code.NEVER_TRUE, "benefit/tiers[0]/when")]
    assert tiers(at_least(3_000_000), everyone) == [(Code.ALWAYS_TRUE, "benefit/tiers[1]/when")]
    assert tiers(doubled) == [(Code.DEAD_LEAF, "benefit/tiers[0]/when/all[0]")]
