"""Reads numbers, codes and names; what was typed stays, whatever is wrong with it."""

from dataclasses import dataclass

from django.http import QueryDict

from huiqi.core.standards.typed import plain_line
from huiqi.foundation.accounts.domain.sign_in import LONGEST_NAME, code_digits, mobile_number

LONGEST_TYPED = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form: what was typed, what it means (empty where it means nothing), and what is wrong."""

    typed: str = ""
    value: str = ""
    fault: str = ""


def read_phone(posted: QueryDict, name: str = "phone") -> Line:
    """A mobile number, as eleven digits."""
    typed = posted.get(name, "")
    if not typed.strip():
        return Line("", "", "请填手机号。")
    value = mobile_number(typed)
    fault = "" if value else "这不像一个手机号。请填 11 位、以 1 开头的手机号，填的还在，改一改就行。"
    return Line(typed[:LONGEST_TYPED], value, fault)


def read_code(posted: QueryDict, name: str = "code", words: str = "验证码") -> Line:
    """A code of six digits."""
    typed = posted.get(name, "")
    value = code_digits(typed)
    return Line(typed[:LONGEST_TYPED], value, "" if value else f"{words}是 6 位数字，请再看一下。")


def read_name(posted: QueryDict) -> Line:
    """A person's name, in one line."""
    typed = plain_line(posted.get("name", ""))
    if not typed:
        return Line("", "", "请填姓名。")
    if len(typed) > LONGEST_NAME:
        return Line(typed, "", f"姓名写了 {len(typed)} 个字，最多 {LONGEST_NAME} 个。")
    return Line(typed, typed)
