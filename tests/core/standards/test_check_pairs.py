"""The two digits behind a number find the usual slips of the pen."""

import string

from hypothesis import given
from hypothesis import strategies as some

from huiqi.core.standards.check_pairs import check_pair, is_checked

bodies = some.text(string.digits + string.ascii_uppercase, min_size=1, max_size=16)


def test_a_published_example_checks() -> None:
    assert check_pair("794") == "44"  # the worked example of ISO 7064


@given(bodies)
def test_a_number_checks_with_its_own_pair(body: str) -> None:
    assert is_checked(body + check_pair(body))


@given(bodies, some.data())
def test_one_wrong_digit_is_always_found(body: str, data: some.DataObject) -> None:
    whole = body + check_pair(body)
    places = [place for place, mark in enumerate(whole) if mark.isdigit()]
    place = data.draw(some.sampled_from(places))
    wrong = data.draw(some.sampled_from(string.digits.replace(whole[place], "")))
    assert not is_checked(whole[:place] + wrong + whole[place + 1 :])


@given(some.text(string.digits, min_size=2, max_size=16), some.data())
def test_two_digits_that_changed_places_are_always_found(body: str, data: some.DataObject) -> None:
    whole = body + check_pair(body)
    place = data.draw(some.integers(0, len(whole) - 2))
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert is_checked(swapped) == (swapped == whole)
