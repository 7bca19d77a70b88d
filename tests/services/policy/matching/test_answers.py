"""Answers in the visitor's browser: kept whole, never trusted blindly."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import signing
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.catalogue.item_writing import facts_to_raw
from huiqi.core.rules.facts import Fact, FactDictionary, FactType, Value
from huiqi.services.policy.matching.queries import Answers, read_answers, seal_answers
from tests.services.policy.seed import shipped

DICTIONARY = shipped().dictionary
ON = date(2026, 11, 23)
NOODLES: dict[str, Value] = {
    "region_code": "410825",
    "entity_type": "individual_business",
    "industry_code": "H6210",
    "established_on": date(2024, 5, 20),
}


def _values(fact: Fact) -> st.SearchStrategy[Value]:
    return {
        FactType.BOOL: st.booleans(),
        FactType.ENUM: st.sampled_from(sorted(fact.codes) or [""]),
        FactType.SET: st.frozensets(st.sampled_from(sorted(fact.codes) or [""])),
        FactType.DATE: st.dates(date(1980, 1, 1), ON),
        FactType.INTEGER: st.integers(0, 100),
        FactType.MONEY: st.integers(0, 10**9),
        FactType.NUMBER: st.integers(0, 100).map(lambda tenth: tenth / 2),
        FactType.CODE: st.just("H6210" if fact.id == "industry_code" else "410825"),
    }[fact.type]


def _longest(fact: Fact) -> Value:
    """A value of a fact that is no set, as long as they come."""
    return {
        FactType.BOOL: False,
        FactType.ENUM: max(fact.codes, key=len, default=""),
        FactType.DATE: date(2024, 12, 28),
        FactType.INTEGER: 98,
        FactType.MONEY: 987_654_321,
        FactType.NUMBER: 47.5,
        FactType.CODE: "H6210" if fact.id == "industry_code" else "410825",
    }[fact.type]


def facts() -> st.SearchStrategy[dict[str, Value]]:
    """Values of every type a visitor may give, some facts left open."""
    return st.fixed_dictionaries({}, optional={fact.id: _values(fact) for fact in DICTIONARY.values()})


@st.composite
def answers_over_days(draw: st.DrawFn) -> Answers:
    """Answers given on up to ten days."""
    known = draw(facts())
    older = st.sampled_from([ON - timedelta(days=back) for back in range(1, 10)])
    days = {fact: draw(older) for fact in known if draw(st.booleans())}
    return Answers(known, ON, days)


@given(answers_over_days())
@settings(deadline=None)
def test_answers_come_back_as_they_were_given(answers: Answers) -> None:
    assert read_answers(seal_answers(answers), DICTIONARY) == answers


@given(answers_over_days())
@settings(deadline=None)
def test_even_all_answers_fit_into_one_cookie(answers: Answers) -> None:
    assert len(seal_answers(answers)) < 4000


def test_every_fact_answered_over_ten_days_fits_into_one_cookie() -> None:
    longest = {
        fact.id: frozenset(fact.codes) if fact.type is FactType.SET else _longest(fact)
        for fact in DICTIONARY.values()
    }
    days = {fact: ON - timedelta(days=place * 7 % 10 + 1) for place, fact in enumerate(longest)}
    told = {fact: longest[fact] for fact in NOODLES}
    answers = Answers(longest, ON, days, trail=tuple(longest)[:20]).with_registration(told, "源" * 40, ON)
    assert len(seal_answers(answers)) < 3000


def test_each_answer_keeps_the_day_on_which_it_was_given() -> None:
    later = date(2026, 11, 30)
    first = Answers().with_changes(NOODLES, ON)
    again = first.with_changes({**NOODLES, "industry_code": "H6220", "employees": 3}, later)
    kept = read_answers(seal_answers(again), DICTIONARY)
    days = {fact: source.observed_on for fact, source in kept.sources().items()}
    assert days == {**dict.fromkeys(NOODLES, ON), "industry_code": later, "employees": later}
    assert kept.days == (ON, later)
    assert kept.with_changes({"employees": 4}, date(2026, 12, 1)).day_of("industry_code") == later


def test_an_answer_taken_back_and_given_anew_is_of_the_new_day() -> None:
    later = date(2026, 11, 30)
    answers = Answers().with_changes({**NOODLES, "employees": 3}, ON).with_changes({"employees": None}, later)
    assert answers.days == (ON,)
    assert answers.with_changes({"employees": 3}, later).day_of("employees") == later


def test_a_cookie_from_before_days_were_kept_is_still_read() -> None:
    raw = {"on": ON.isoformat(), "facts": facts_to_raw(NOODLES)}
    sealed = signing.dumps(raw, salt="huiqi.matching.answers", compress=True)
    assert read_answers(sealed, DICTIONARY) == Answers(NOODLES, ON)


@pytest.mark.parametrize("sealed", [None, "", "x", "eyJ9:bad:signature", "a" * 5000])
def test_a_forged_or_damaged_cookie_is_no_answer(sealed: str | None) -> None:
    assert read_answers(sealed, DICTIONARY) == Answers()


def test_a_changed_cookie_is_no_answer() -> None:
    sealed = seal_answers(Answers(NOODLES, ON))
    assert read_answers(sealed[:-1] + ("A" if sealed[-1] != "A" else "B"), DICTIONARY) == Answers()


def test_an_answer_the_dictionary_no_longer_knows_is_left_out_and_the_others_stay() -> None:
    sealed = seal_answers(Answers({**NOODLES, "shoe_size": 43, "employees": "many"}, ON))
    assert dict(read_answers(sealed, DICTIONARY).facts) == NOODLES


def test_taking_an_answer_back_makes_the_fact_unknown_again() -> None:
    answers = Answers({**NOODLES, "employees": 3}, ON).with_changes({"employees": None}, ON)
    assert dict(answers.facts) == NOODLES


def test_every_answer_is_said_to_be_the_owners_own_with_its_day() -> None:
    sources = Answers(NOODLES, ON).sources()
    assert set(sources) == set(NOODLES)
    assert all(source.is_declared and source.observed_on == ON for source in sources.values())


@given(facts(), st.data())
def test_a_dictionary_that_has_changed_since_leaves_out_what_it_no_longer_understands(
    known: dict[str, Value], data: st.DataObject
) -> None:
    """Facts gone, choices gone, types changed: whatever is kept is valid today."""
    changed = {}
    for fact in data.draw(st.lists(st.sampled_from(list(DICTIONARY.values())), unique_by=lambda f: f.id)):
        kind = data.draw(st.sampled_from([FactType.BOOL, FactType.DATE, FactType.INTEGER, fact.type]))
        changed[fact.id] = replace(fact, type=kind, choices=fact.choices[1:])
    today = FactDictionary(changed, "next")
    kept = read_answers(seal_answers(Answers(known, ON)), today)
    assert kept.answered_on == ON
    assert set(kept.facts) <= set(changed)
    assert today.parse_facts(facts_to_raw(kept.facts)) == kept.facts
