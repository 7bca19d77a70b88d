"""A credit code as people type it: spaces, small letters, full width, and letters that are no letters."""

import re
import unicodedata
from dataclasses import dataclass

from huiqi.core.standards.credit_code import LENGTH, check_credit_code

LONGEST_CODE = 64
_BETWEEN = re.compile(r"[\s\-‐-―−_.·,，。、:：\u200b-\u200f\u2060\ufeff]+")
_OLD_NUMBER = re.compile(r"[0-9]{15}")
_CONFUSED = str.maketrans("OIZS", "0125")
_NEVER = frozenset("IOSVZ")


@dataclass(frozen=True, slots=True)
class CodeField:
    """The code on the form. ``error`` says what to do; ``suggestion`` is a code that may have been meant,
    ``doubted`` one that is well formed but fails its check digit; ``remark`` is news that is no mistake.
    """

    text: str = ""
    code: str = ""
    error: str = ""
    suggestion: str = ""
    doubted: str = ""
    remark: str = ""


def read_code(text: str) -> CodeField:
    """What was typed as a field; ``code`` is filled where it may be looked up at once."""
    shown = text.strip()[:LONGEST_CODE]
    code = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not code:
        return CodeField(shown, error="请先填 18 位统一社会信用代码，在营业执照右上方或标题下面。")
    if _OLD_NUMBER.fullmatch(code):
        return CodeField(shown, error="这是 15 位的旧注册号。请填 18 位的统一社会信用代码，在营业执照上。")
    if len(code) != LENGTH:
        return CodeField(shown, error=f"代码是 18 位，您填了 {len(code)} 位。请对照营业执照再看一下。")
    if _NEVER & frozenset(code):
        return _with_a_letter_that_is_none(shown, code)
    check = check_credit_code(code)
    if check.error:
        return CodeField(shown, error=check.error)
    if check.warnings:
        error = "最后两位和前面对不上，多半有一位填错了。请对照营业执照再核对一遍。"
        return CodeField(shown, error=error, doubted=code)
    return CodeField(shown, code=code)


def _with_a_letter_that_is_none(shown: str, code: str) -> CodeField:
    places = [(place, letter) for place, letter in enumerate(code, start=1) if letter in _NEVER]
    place, letter = places[0]
    error = (
        f"第 {place} 位是字母 {letter}。代码里没有字母 O、I、Z、S、V，多半是把数字 0、1、2、5 看成了字母。"
    )
    meant = code.translate(_CONFUSED)
    is_right = check_credit_code(meant).is_acceptable()
    return CodeField(shown, error=error, suggestion=meant if is_right else "")
