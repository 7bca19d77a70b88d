"""What may be shown of what says who a person is. Names are tested where they are published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.standards.masks import mask_account, mask_identity, mask_phone, mask_text, phone_digits


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800001234", "138****1234"),
        ("+86 138-0000-1234", "138****1234"),
        ("008613800001234", "138****1234"),
        ("１３８００００１２３４", "138****1234"),
        ("0391-3567890", "***"),
        ("微信 laowang", "***"),
        ("138000012345", "***"),
        ("12800001234", "***"),
        ("", ""),
    ],
)
def test_a_mobile_number_shows_its_ends_and_anything_else_nothing(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("41080219900101123x", "410*************3X"),
        ("410802 19900101 1234", "410*************34"),
        ("410802900101123", "410**********23"),
        ("4108021990010112", "***"),
        ("H12345678", "***"),
        ("", ""),
    ],
)
def test_an_identity_number_shows_its_ends(number: str, shown: str) -> None:
    assert mask_identity(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("6222 0217 0200 1234 567", "***4567"), ("12345678901", "***"), ("abc", "***"), ("", "")],
)
def test_an_account_shows_its_last_four(number: str, shown: str) -> None:
    assert mask_account(number) == shown


@given(st.text(min_size=1))
def test_a_free_text_shows_nothing(text: str) -> None:
    assert mask_text(text) == "***"
    assert mask_text("") == ""


@given(st.text())
def test_a_mask_never_shows_more_than_seven_characters_of_a_number(text: str) -> None:
    for mask in (mask_phone, mask_identity, mask_account):
        assert sum(letter != "*" for letter in mask(text)) <= 7


@given(st.from_regex("1[3-9][0-9]{9}", fullmatch=True))
def test_however_a_number_is_written_its_digits_are_the_same(number: str) -> None:
    spaced = f"+86 {number[:3]} {number[3:7]}-{number[7:]}"
    assert phone_digits(spaced) == phone_digits(f"0086{number}") == phone_digits(number) == number
