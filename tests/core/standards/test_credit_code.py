"""GB 32100-2015 codes: form is an error, check digits are a warning, python-stdnum is the oracle."""

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from huiqi.core.standards.credit_code import (
    ALPHABET,
    CreditCodeKind,
    CreditCodeWarning,
    check_credit_code,
    check_digit,
    organisation_check,
)
from tests.support import shared

SYNTHETIC = (
    "92410811MATE5T0178",
    "91410800MATE5T0258",
    "93410825MATE5T0334",
    "92410883MA0000015K",
    "91410822MA00000236",
)
first_17 = st.builds(
    lambda digits, body: digits + body,
    st.text("0123456789", min_size=8, max_size=8),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize("code", SYNTHETIC)
def test_published_vectors_pass_both_checks(code):
    checked = check_credit_code(code)
    assert checked.is_well_formed
    assert checked.warnings == ()
    assert uscc.is_valid(code)


@given(first_17)
def test_check_digit_agrees_with_python_stdnum(first):
    assert check_digit(first) == uscc.calc_check_digit(first)


@given(first_17, st.sampled_from(ALPHABET))
def test_warning_appears_exactly_where_python_stdnum_refuses(first, last):
    has_warning = CreditCodeWarning.CHECK_DIGIT in check_credit_code(first + last).warnings
    assert has_warning is not uscc.is_valid(first + last)


def test_organisation_check_gives_x_and_zero_of_gb_11714():
    assert organisation_check("D2143569") == "X"  # the standard's own example
    assert organisation_check("00000000") == "0"


def test_early_code_with_wrong_check_digit_is_a_warning_that_can_be_overridden():
    wrong = SYNTHETIC[0][:-1] + "9"
    checked = check_credit_code(wrong)
    assert checked.is_well_formed
    assert checked.warnings == (CreditCodeWarning.CHECK_DIGIT,)
    assert not checked.is_acceptable()
    assert checked.is_acceptable(is_overridden=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0位"),
        ("92410811MATE5T017", "17位"),
        ("92410811MATE5T0178X", "19位"),
        ("92410811MATEIT0178", "第13位“I”"),
        ("92410811MATE5T017Z", "第18位“Z”"),
        ("92410811MATE５T0178", "第13位“５”"),
        ("9241081AMATE5T0178", "第3至8位"),
    ],
)
def test_malformed_code_is_an_error_no_override_can_lift(text, said):
    checked = check_credit_code(text)
    assert said in (checked.error or "")
    assert not checked.is_acceptable(is_overridden=True)


def test_typed_code_is_cleaned_and_taken_apart():
    checked = check_credit_code(" 92410811mate5t0178 ")
    assert checked.text == SYNTHETIC[0]
    assert checked.authority + checked.entity_class == "92"
    assert checked.kind is CreditCodeKind.INDIVIDUAL_BUSINESS
    assert checked.area_code == "410811"
    assert checked.organisation_code == "MATE5T017"


@pytest.mark.parametrize(
    ("head", "kind"),
    [("91", "enterprise"), ("93", "farmers_cooperative"), ("12", "public_institution"), ("A1", "other")],
)
def test_first_two_characters_name_the_kind(head, kind):
    assert check_credit_code(head + SYNTHETIC[0][2:]).kind == kind


@pytest.mark.parametrize("body", ["", "92410811MATE5T01I", "9" * 18])
def test_check_digit_refuses_what_it_cannot_compute(body):
    with pytest.raises(ValueError, match="前17位"):
        check_digit(body)


def test_organisation_check_refuses_what_it_cannot_compute():
    with pytest.raises(ValueError, match="8位"):
        organisation_check("mate5t01")


def test_real_registrations_raise_neither_error_nor_warning():
    """4,884 real codes of 焦作: a false alarm here would be met at the counter every day."""
    table = pq.read_table(shared.path("data") / "registry" / "registry_jiaozuo.parquet", columns=["uscc"])
    checks = [check_credit_code(code) for code in table.column("uscc").to_pylist() if code]
    assert len(checks) > 4000
    assert [check.text for check in checks if not check.is_well_formed] == []
    assert [check.text for check in checks if check.warnings] == []
