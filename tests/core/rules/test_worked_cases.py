"""The worked cases of the given library, one by one, read without the catalogue's own loader."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from huiqi.core.rules.advice import advise
from huiqi.core.rules.conditions import parse_condition
from huiqi.core.rules.derivation import derive
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.evaluation import Verdict, decide
from huiqi.core.rules.explanation import explain
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.rule import Rule, Window
from huiqi.core.rules.settling import settle
from tests.core.rules import reference
from tests.support import shared

CASES = 443


def lines(name: str) -> list[dict[str, Any]]:
    text = (shared.path("policies") / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@lru_cache
def raw_dictionary() -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(Path(shared.path("policies") / "facts.json").read_text(encoding="utf-8"))
    return raw


@lru_cache
def dictionary() -> FactDictionary:
    return parse_dictionary(raw_dictionary())


@lru_cache
def items() -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in lines("policies.jsonl")}


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@lru_cache
def rule(item_id: str) -> Rule:
    item = items()[item_id]
    window = Window(day(item["effective_from"]), day(item["effective_to"]))
    return Rule(item_id, window, parse_condition(item["conditions"], dictionary()))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a case; one skipped test that says why where the library is not at hand."""
    if "case" not in metafunc.fixturenames:
        return
    try:
        cases = [pytest.param(case, id=case["case_id"]) for case in lines("cases.jsonl")]
    except pytest.skip.Exception as absent:
        cases = [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=str(absent)))]
    metafunc.parametrize("case", cases)


def test_a_worked_case_is_decided_as_its_author_decided(case: dict[str, Any]) -> None:
    as_of = date.fromisoformat(case["as_of"])
    facts = derive(dictionary().parse_facts(case["entity"]), as_of, None).facts
    expected = Verdict(case["expected"])
    assert decide(rule(case["item_id"]), facts, as_of, dictionary()) is expected, case["reason"]
    assert explain(rule(case["item_id"]), facts, as_of, dictionary()).verdict is expected


def test_none_of_the_cases_is_missing() -> None:
    assert len(lines("cases.jsonl")) == CASES


def test_every_condition_of_the_library_agrees_with_the_independent_reading() -> None:
    types = {fact["id"]: fact["type"] for fact in raw_dictionary()["facts"]}
    state_of = {1.0: True, 0.0: False, 0.5: None}
    for case in lines("cases.jsonl"):
        as_of, tree = date.fromisoformat(case["as_of"]), items()[case["item_id"]]["conditions"]
        facts = derive(dictionary().parse_facts(case["entity"]), as_of, None).facts
        months = facts.get("months_since_established")
        raw = {**case["entity"], "months_since_established": months}
        verdict = decide(Rule("r", Window(), rule(case["item_id"]).condition), facts, as_of, dictionary())
        expected = state_of[reference.state(tree, raw, types)]
        assert verdict is {True: Verdict.ELIGIBLE, False: Verdict.INELIGIBLE, None: Verdict.UNKNOWN}[expected]


def test_every_item_of_the_library_can_be_met_and_its_questions_are_exact() -> None:
    for item_id in items():
        settling = settle(rule(item_id).condition, {}, dictionary())
        assert settling.is_possible, item_id
        assert settling.is_exact, item_id


def test_every_case_still_open_names_its_next_question() -> None:
    for case in lines("cases.jsonl"):
        if case["expected"] == "unknown":
            as_of, given = date.fromisoformat(case["as_of"]), dictionary().parse_facts(case["entity"])
            advice = advise(rule(case["item_id"]), given, as_of, dictionary())
            assert advice.questions, case["case_id"]
            assert advice.asks, case["case_id"]
