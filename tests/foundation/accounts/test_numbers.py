"""What is a number and what a code, however people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.standards.typed import plain_line
from huiqi.foundation.accounts.domain.sign_in import (
    code_digits,
    device_words,
    mobile_number,
    password_fault,
)

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "written",
    [
        "13800001234",
        " 138 0000 1234 ",
        "+86 138-0000-1234",
        "0086 138 0000 1234",
        "８６１３８００００１２３４",
        "＋８６　１３８　００００　１２３４",
        "(86)138.0000.1234",
    ],
)
def test_a_number_is_understood_however_it_is_written(written: str) -> None:
    assert mobile_number(written) == "13800001234"


@pytest.mark.parametrize(
    "written",
    [
        *("", "12345", "138000012345", "23800001234", "0391-8123456", "+1 138 0000 1234", "١٣٨٠٠٠٠١٢٣٤"),
        *("138o0001234", "13800001234;13900001234", "1380000123\u200b4", "1" * 5000, "<b>13800001234</b>"),
    ],
)
def test_anything_else_is_no_number(written: str) -> None:
    assert mobile_number(written) == ""


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "+86", "0086 ", "86-"]))
def test_every_mobile_number_is_itself_in_any_width(number: str, country: str) -> None:
    assert mobile_number(country + number) == number
    assert mobile_number((country + number).translate(WIDE)) == number


@given(st.text())
def test_whatever_is_typed_is_eleven_digits_or_nothing(text: str) -> None:
    found = mobile_number(text)
    assert found == "" or (len(found) == 11 and found.isascii() and found.isdigit())
    code = code_digits(text)
    assert code == "" or (len(code) == 6 and code.isascii() and code.isdigit())


@pytest.mark.parametrize("written", ["123456", "１２３４５６", " 123 456 ", "123-456"])
def test_a_code_is_understood_in_any_width(written: str) -> None:
    assert code_digits(written) == "123456"


@pytest.mark.parametrize("written", ["", "12345", "1234567", "12345a", "१२३४५६", "123456" * 1000])
def test_anything_else_is_no_code(written: str) -> None:
    assert code_digits(written) == ""


@pytest.mark.parametrize(
    ("password", "words"), [("短", "至少 8 位"), ("1234567890", "只有数字"), ("abababab", "总是那几个")]
)
def test_a_password_that_is_too_easy_is_told_why(password: str, words: str) -> None:
    assert words in password_fault(password)


def test_a_long_password_is_not_cut_but_refused_beyond_all_reason() -> None:
    assert password_fault("面馆 老板 爱喝 胡辣汤") == ""
    assert "最多" in password_fault("面馆老板" * 100)


def test_a_name_is_one_line_of_what_can_be_seen() -> None:
    assert plain_line("  阿依古丽·\u200b买买提\r\n𬱖 ") == "阿依古丽· 买买提 𬱖"


def test_a_browser_is_called_what_its_owner_calls_it() -> None:
    wechat = "Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/122 Mobile Safari MicroMessenger/8"
    assert device_words(wechat) == "安卓手机，微信"
    assert device_words("") == "一台设备"
