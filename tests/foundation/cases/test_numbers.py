"""Case numbers: read back, slips found, and no gap whatever fails."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as some

from huiqi.foundation.cases.actions import open_case
from huiqi.foundation.cases.domain import Opening, case_number, read_number
from tests.foundation.cases.places import KIND, VISITOR, act, opened


@given(some.integers(2026, 2099), some.sampled_from(["BC", "TK", "ZZ"]), some.integers(1, 99_999_999))
def test_a_number_reads_back_however_it_is_typed(year: int, code: str, sequence: int) -> None:
    number = case_number(year, code, sequence)
    assert read_number(f" {number.lower().replace('-', '－')} ") == number


@pytest.mark.parametrize("text", ["", "2026-BC-000123-00", "2026-BC-1-11", "BC-000123", "2026-BC-00012３-47"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.django_db
def test_numbers_follow_each_other_and_a_failure_takes_none_along() -> None:
    class BrokenError(Exception):
        pass

    def broken() -> None:
        with transaction.atomic():
            open_case(Opening(KIND, "lost", "丢了"), act(VISITOR))
            raise BrokenError

    first = opened("a")
    with pytest.raises(BrokenError):
        broken()
    assert [first.number[:14], opened("b").number[:14]] == ["2026-BC-000001", "2026-BC-000002"]
