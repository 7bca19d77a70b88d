"""分型 by preset P1: the gate, the levels, and what is said when data are missing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.catalogue.classification import Outcome, classify
from huiqi.catalogue.classification_format import P1_FILE, load_preset, parse_preset
from huiqi.catalogue.problems import CatalogueError
from huiqi.catalogue.reading import read_yaml
from huiqi.core.rules.conditions import leaves_of
from huiqi.core.rules.dictionary import parse_dictionary
from tests.support.shared import ROOT

CATALOGUE = ROOT / "catalogue"
AS_OF = date(2026, 7, 1)
RAW = read_yaml(CATALOGUE / P1_FILE)


def shipped_dictionary():
    raw = read_yaml(CATALOGUE / "facts.yaml")
    return parse_dictionary({"facts": raw["facts"], "version": raw["version"]})


DICTIONARY = shipped_dictionary()
P1 = load_preset(CATALOGUE / P1_FILE, DICTIONARY)
ORDINARY = {
    "entity_type": "individual_business",
    "is_operating": True,
    "annual_report_filed": True,
    "in_abnormal_list": False,
    "is_serious_dishonest": False,
    "is_dishonest_judgment_debtor": False,
    "months_since_established": 30,
    "annual_tax_paid_cny": 0,
    "social_insurance_headcount": 0,
}


def judge(preset=P1, **changed):
    """The ordinary noodle shop with some facts changed; None takes a fact away."""
    facts = {fact: value for fact, value in {**ORDINARY, **changed}.items() if value is not None}
    return classify(preset, facts, AS_OF, DICTIONARY)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "survival"),
        ({"annual_tax_paid_cny": 1}, "growth"),
        ({"social_insurance_headcount": 1}, "growth"),
        ({"annual_tax_paid_cny": 1, "months_since_established": 11}, "survival"),
        ({"annual_tax_paid_cny": 1, "months_since_established": 12}, "growth"),
        ({"annual_tax_paid_cny": 60000}, "developing"),
        ({"annual_tax_paid_cny": 59999}, "growth"),
        ({"social_insurance_headcount": 8}, "developing"),
        ({"annual_tax_paid_cny": 60000, "months_since_established": 23}, "growth"),
        ({"annual_tax_paid_cny": 60000, "is_serious_dishonest": True}, "growth"),
        ({"annual_tax_paid_cny": 60000, "is_dishonest_judgment_debtor": True}, "growth"),
    ],
)
def test_first_level_that_holds_is_the_type(changed, expected):
    judged = judge(**changed)
    assert judged.outcome is Outcome.CLASSIFIED
    assert judged.type == expected
    assert not judged.is_data_insufficient


@pytest.mark.parametrize(
    "changed", [{"is_operating": False}, {"annual_report_filed": False}, {"in_abnormal_list": True}]
)
def test_failed_gate_gives_no_type_and_names_what_failed(changed):
    judged = judge(**changed, established_on=date(2020, 1, 1))
    assert judged.outcome is Outcome.GATE_FAILED
    assert judged.type is None
    assert judged.text(DICTIONARY) == "不符合分型条件"
    assert next(iter(changed)) in {unmet.leaf.fact for unmet in judged.unmet}


def test_household_founded_this_year_passes_the_gate_without_a_report():
    judged = judge(annual_report_filed=None, established_on=date(2026, 2, 1), months_since_established=None)
    assert judged.type == "survival"
    assert judged.facts_used["founded_in_report_year"] is True
    assert judged.facts_used["months_since_established"] == 5
    assert judged.derived == {"founded_in_report_year", "months_since_established"}


def test_given_age_is_not_overruled_by_the_founding_date():
    judged = judge(established_on=date(2026, 2, 1), annual_tax_paid_cny=1)
    assert judged.type == "growth"
    assert judged.derived == {"founded_in_report_year"}


@pytest.mark.parametrize("absent", ["annual_tax_paid_cny", "social_insurance_headcount"])
def test_missing_tax_or_insurance_is_said_and_never_a_silent_survival(absent):
    judged = judge(**{absent: None})
    assert judged.type == "survival"
    assert judged.missing == (absent,)
    assert judged.text(DICTIONARY) == "数据不足，暂按生存型"


def test_missing_tax_of_a_household_with_staff_holds_the_type_that_is_certain():
    judged = judge(annual_tax_paid_cny=None, social_insurance_headcount=3)
    assert judged.text(DICTIONARY) == "数据不足，暂按成长型"
    assert judged.missing == ("annual_tax_paid_cny",)


def test_missing_data_that_cannot_change_the_type_raise_no_flag():
    assert judge(annual_tax_paid_cny=None, social_insurance_headcount=8).text(DICTIONARY) == "发展型"
    assert judge(annual_tax_paid_cny=None, months_since_established=3).text(DICTIONARY) == "生存型"


def test_unknown_gate_is_neither_passed_nor_failed():
    judged = judge(annual_report_filed=None)
    assert judged.outcome is Outcome.GATE_UNKNOWN
    assert judged.type is None
    assert judged.missing == ("annual_report_filed", "founded_in_report_year")
    assert judged.text(DICTIONARY) == "数据不足，暂不能分型"


def test_company_is_not_classified_and_an_unknown_entity_type_is_asked_for():
    assert judge(entity_type="company").outcome is Outcome.NOT_APPLICABLE
    assert judge(entity_type="company").text(DICTIONARY) == "不是个体工商户，不分型"
    assert judge(entity_type=None).missing == ("entity_type",)


def test_way_to_the_next_type_lists_only_what_is_not_met():
    judged = judge(months_since_established=30)
    assert judged.next_type == "growth"
    assert {unmet.leaf.fact for unmet in judged.unmet} == {
        "annual_tax_paid_cny",
        "social_insurance_headcount",
    }
    highest = judge(annual_tax_paid_cny=60000)
    assert highest.next_type is None
    assert highest.unmet == ()


def test_city_may_move_a_threshold_and_nothing_else_changes():
    strict = load_preset(CATALOGUE / P1_FILE, DICTIONARY, {"dev_tax": 100_000})
    assert judge(annual_tax_paid_cny=60000, preset=strict).type == "growth"
    assert judge(annual_tax_paid_cny=100_000, preset=strict).type == "developing"
    changed = next(parameter for parameter in strict.parameters if parameter.id == "dev_tax")
    assert (changed.value, changed.default) == (100_000, 60_000)


def test_every_number_of_the_preset_is_a_marked_parameter_and_none_is_written_into_a_leaf():
    assert all(parameter.mark == "inferred" for parameter in P1.parameters)
    doubled = {parameter.id: parameter.default * 2 + 1 for parameter in P1.parameters}
    moved = load_preset(CATALOGUE / P1_FILE, DICTIONARY, doubled)
    for before, after in zip(P1.levels, moved.levels, strict=True):
        pairs = zip(leaves_of(before.condition), leaves_of(after.condition), strict=True)
        for old, new in pairs:
            is_number = isinstance(old.value, int) and not isinstance(old.value, bool)
            assert (old.value != new.value) is is_number


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"default": "thriving"}, "default", "survival"),
        ({"default": "growth"}, "levels", "重复"),
        ({"levels": []}, "levels", "至少"),
        ({"gate": {"fact": "no_such_fact", "op": "eq", "value": True}}, "gate/fact", "no_such_fact"),
        (
            {"gate": {"fact": "employees", "op": "ge", "value": {"parameter": "dev_staff"}}},
            "gate/value",
            "dev_staff",
        ),
        ({"parameters": None}, "parameters", "对照表"),
        ({"version": 0}, "version", "整数"),
        ({"colour": "red"}, "colour", "不认识"),
    ],
)
def test_faulty_preset_is_refused_with_its_place(change, path, said):
    with pytest.raises(CatalogueError) as raised:
        parse_preset({**RAW, **change}, DICTIONARY, "p1.yaml")
    assert any(problem.path == path and said in problem.message for problem in raised.value.problems)


def test_parameter_nobody_uses_and_setting_nobody_knows_are_refused():
    spare = {"label": "多余", "default": 1, "unit": "元", "mark": "inferred"}
    with pytest.raises(CatalogueError, match="parameters/spare"):
        parse_preset({**RAW, "parameters": {**RAW["parameters"], "spare": spare}}, DICTIONARY)
    with pytest.raises(CatalogueError, match="dev_taxx"):
        parse_preset(RAW, DICTIONARY, settings={"dev_taxx": 1})


facts = st.fixed_dictionaries(
    {},
    optional={
        "is_operating": st.booleans(),
        "annual_report_filed": st.booleans(),
        "in_abnormal_list": st.booleans(),
        "is_serious_dishonest": st.booleans(),
        "is_dishonest_judgment_debtor": st.booleans(),
        "months_since_established": st.integers(0, 40),
        "annual_tax_paid_cny": st.sampled_from([0, 1, 59_999, 60_000]),
        "social_insurance_headcount": st.sampled_from([0, 1, 7, 8]),
        "founded_in_report_year": st.booleans(),
    },
)
RANK = {None: -1, "survival": 0, "growth": 1, "developing": 2}


@given(facts, facts)
def test_more_data_never_lowers_a_type_nor_changes_an_unflagged_one(known, more):
    individual = {"entity_type": "individual_business"}
    before = classify(P1, {**individual, **known}, AS_OF, DICTIONARY)
    after = classify(P1, {**individual, **more, **known}, AS_OF, DICTIONARY)
    if before.outcome is Outcome.CLASSIFIED:
        assert RANK[after.type] >= RANK[before.type]
    if not before.is_data_insufficient:
        assert (after.outcome, after.type) == (before.outcome, before.type)
