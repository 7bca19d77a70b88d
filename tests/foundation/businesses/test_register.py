"""The register: loaded whole or not at all, looked up by code, people's names masked."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.businesses import actions
from huiqi.foundation.businesses.actions import LoadReport
from huiqi.foundation.businesses.actions.loading import BLOCK
from huiqi.foundation.businesses.models import Registration
from huiqi.foundation.businesses.queries import PublicRegistration, Status, find_registration, is_loaded
from huiqi.population.register import RegisterRow

DAY, LATER = date(2026, 11, 20), date(2026, 11, 24)
NOODLES = RegisterRow(
    credit_code="92410825MATE0001XX",
    name="温县刘德华面馆",
    operator="刘德华",
    entity_type="individual_business",
    region_code="410825",
    industry_code="H6210",
    established_on=date(2024, 5, 20),
    is_operating=True,
)
CODE = NOODLES.credit_code
load_registrations = partial(
    actions.load_registrations, now=datetime(2026, 11, 24, tzinfo=UTC), actor=Actor("test", "测试")
)


def test_what_is_found_is_what_the_register_publishes_with_the_name_masked(db) -> None:
    load_registrations([NOODLES], "登记机关", DAY)
    assert find_registration(CODE) == PublicRegistration(
        credit_code=CODE,
        name="温县刘**面馆",
        operator="刘**",
        region_code="410825",
        industry_code="H6210",
        established_on=date(2024, 5, 20),
        entity_type="individual_business",
        status=Status.OPEN,
        source="登记机关",
        observed_on=DAY,
    )


def test_nothing_that_is_handed_out_holds_the_whole_name(db) -> None:
    load_registrations([NOODLES], "登记机关", DAY)
    found = find_registration(CODE)
    assert all("德华" not in str(getattr(found, each.name)) for each in fields(PublicRegistration))


def test_a_code_nobody_has_finds_nothing(db) -> None:
    assert find_registration(CODE) is None
    assert find_registration("") is None
    assert find_registration("%") is None


def test_loading_twice_changes_nothing(db) -> None:
    assert load_registrations([NOODLES], "登记机关", DAY) == LoadReport(1, 0, 0, 0)
    before = Registration.objects.values().get()
    assert load_registrations([NOODLES], "登记机关", DAY) == LoadReport(0, 0, 1, 0)
    assert Registration.objects.values().get() == before


def test_a_later_observation_replaces_an_earlier_one_and_never_the_other_way_round(db) -> None:
    load_registrations([NOODLES], "登记机关", DAY)
    moved = replace(NOODLES, region_code="410882", established_on=None, is_operating=None)
    assert load_registrations([moved], "登记机关", LATER) == LoadReport(0, 1, 0, 0)
    assert load_registrations([NOODLES], "登记机关", DAY) == LoadReport(0, 0, 1, 0)
    found = find_registration(CODE)
    assert found is not None
    assert (found.region_code, found.established_on, found.status) == ("410882", None, Status.UNKNOWN)


def test_codes_are_kept_as_the_standard_writes_them_and_others_are_skipped(db) -> None:
    rows = [replace(NOODLES, credit_code=code) for code in (f" {CODE.lower()} ", "410825600123456", "")]
    assert load_registrations(rows, "登记机关", DAY) == LoadReport(1, 0, 0, 2)
    assert find_registration(CODE) is not None


def test_a_fault_in_the_middle_leaves_everything_as_it_was(db) -> None:
    load_registrations([NOODLES], "登记机关", DAY)

    def rows() -> Iterator[RegisterRow]:
        for number in range(BLOCK + 1):
            yield replace(NOODLES, credit_code=f"92410825MATE{number:06d}")
        raise ValueError("the rest of the file is damaged")

    with pytest.raises(ValueError, match="damaged"):
        load_registrations(rows(), "登记机关", LATER, is_whole=True)
    assert Registration.objects.count() == 1
    assert is_loaded("登记机关", DAY, 1)


def test_the_whole_of_a_source_replaces_what_was_kept_of_it_and_of_no_other(db) -> None:
    load_registrations([NOODLES, replace(NOODLES, credit_code="92410825MATE0002XX")], "甲", DAY)
    load_registrations([replace(NOODLES, credit_code="92410825MATE0003XX")], "乙", DAY)
    load_registrations([NOODLES], "甲", DAY, is_whole=True)
    assert is_loaded("甲", DAY, 1)
    assert is_loaded("乙", DAY, 1)
    assert not is_loaded("甲", LATER, 1)
    assert not is_loaded("甲", DAY, 2)


def test_blocks_of_any_size_are_loaded_to_the_last_row(db) -> None:
    rows = (replace(NOODLES, credit_code=f"92410825MATE{number:06d}") for number in range(BLOCK + 7))
    assert load_registrations(rows, "登记机关", DAY) == LoadReport(BLOCK + 7, 0, 0, 0)
    assert load_registrations([], "登记机关", DAY) == LoadReport(0, 0, 0, 0)


@pytest.mark.parametrize(
    "name", ["𬱖䶮㛃𰻞面馆", "葛\U000e0100记", "阿依·古丽馕店", "'; DROP TABLE x --", "100%s"]
)
def test_rare_and_odd_names_come_back_as_they_went_in(db, name: str) -> None:
    load_registrations([replace(NOODLES, name=name, operator="")], "登记机关", DAY)
    found = find_registration(CODE)
    assert found is not None
    assert (found.name, found.operator) == (name, "")


def test_a_lookup_costs_one_query(db, django_assert_num_queries) -> None:
    load_registrations([NOODLES], "登记机关", DAY)
    with django_assert_num_queries(1):
        find_registration(CODE)
