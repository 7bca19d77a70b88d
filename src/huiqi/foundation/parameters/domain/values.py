"""Values as they are typed, kept and said. What is kept can be read back exactly."""

import re
from datetime import time
from fractions import Fraction

from huiqi.core.money.wording import fen_text
from huiqi.foundation.parameters.domain.kinds import BOUNDED, COUNTED, LONGEST_VALUE, Kind, Parameter, Value

_KEPT = "写的都还在，没有提交。"
# Full-width forms of ASCII, as Chinese keyboards type them. NFKC would make 52 of 5².
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x3002: "."}
_AS_WRITTEN = frozenset({Kind.TEXT, Kind.CHOICE})
_YES_NO = {"yes": True, "no": False}
_SHARE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)%?|(\d{1,6})/(\d{1,6})", re.ASCII)
_MONEY = re.compile(r"[¥￥]?(\d{1,12}(?:\.\d{1,6})?)(万)?元?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


class ValueFaultError(ValueError):
    """Something typed that cannot be the value; the message is for whoever typed it."""


def read_value(parameter: Parameter, typed: str) -> Value:
    """The value somebody typed; full-width digits and the unit behind it are understood.

    ValueFaultError says what is wrong and how to write it.
    """
    text = (typed if parameter.kind in _AS_WRITTEN else typed.translate(_HALF_WIDTH)).strip()
    if not text:
        raise ValueFaultError(f"请写新的数。{_KEPT}")
    if len(typed) > LONGEST_VALUE or not text.isprintable():
        raise ValueFaultError(f"写得太长，或者有看不见的字符。请写在 {LONGEST_VALUE} 个字以内。{_KEPT}")
    value = _read(parameter, text)
    if value is None:
        raise ValueFaultError(f"“{text[:20]}”看不懂。{how_to_write(parameter)}{_KEPT}")
    if fault := value_fault(parameter, value):
        raise ValueFaultError(f"{fault}{_KEPT}")
    return value


def value_fault(parameter: Parameter, value: Value) -> str:
    """Why this cannot be the value; empty for nothing."""
    if parameter.kind not in BOUNDED or parameter.least is None or parameter.most is None:
        return ""
    if isinstance(value, int | Fraction) and parameter.least <= value <= parameter.most:
        return ""
    least, most = value_words(parameter, parameter.least), value_words(parameter, parameter.most)
    return f"“{parameter.title}”要在 {least}到 {most}之间。"


def how_to_write(parameter: Parameter) -> str:
    """请只写整数，例如 7。"""
    if parameter.kind in COUNTED:
        return f"请只写整数，例如 {parameter.default}。"
    examples = {
        Kind.MONEY: "请写金额，单位是元，例如 1500 或 50万。",
        Kind.PERCENT: "请写百分之几，例如 12.5；也可以写 1/3。",
        Kind.TIME: "请写几点几分，例如 21:00。",
    }
    return examples.get(parameter.kind, "请从列出的里面选一个。")


def kept_text(value: Value) -> str:
    """How a value is kept: 7, 150000, 1/8, 21:00, yes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def kept_value(parameter: Parameter, text: str) -> Value | None:
    """The value that was kept as ``text``; None where the declaration has changed so far that it is none."""
    if parameter.kind is Kind.PERCENT:
        return Fraction(text) if re.fullmatch(r"\d+(/[1-9]\d*)?", text, re.ASCII) else None
    if parameter.kind in COUNTED or parameter.kind is Kind.MONEY:
        return int(text) if re.fullmatch(r"-?\d{1,18}", text, re.ASCII) else None
    return _read(parameter, text)


def value_words(parameter: Parameter, value: Value) -> str:
    """A value as it is said: 7 个工作日, 1,500 元, 12.5%, 21:00, 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return fen_text(value) if parameter.kind is Kind.MONEY else f"{value} {parameter.unit}"
    if isinstance(value, Fraction):
        return _share_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return parameter.choices.get(value, value)


def typed_text(parameter: Parameter, value: Value) -> str:
    """A value as somebody would type it, for a form that is filled in already."""
    if isinstance(value, Fraction):
        return _share_words(value).partition("%")[0].partition("（")[0]
    if parameter.kind is Kind.MONEY and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}".removesuffix(".00")
    return kept_text(value)


def _read(parameter: Parameter, text: str) -> Value | None:
    readers = {Kind.MONEY: _money, Kind.PERCENT: _share, Kind.TIME: _clock, Kind.YES_NO: _YES_NO.get}
    if parameter.kind in COUNTED:
        return _whole(text.removesuffix(parameter.unit).strip())
    if parameter.kind is Kind.CHOICE:
        return text if text in parameter.choices else None
    reader = readers.get(parameter.kind)
    return reader(text) if reader else text


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[+-]?\d{1,15}", text, re.ASCII) else None


def _money(text: str) -> int | None:
    """In 分; None for less than a 分, which nobody could pay."""
    found = _MONEY.fullmatch(text.replace(",", "").replace(" ", ""))
    fen = Fraction(found[1]) * (1_000_000 if found[2] else 100) if found else None
    return fen.numerator if fen is not None and fen.denominator == 1 else None


def _share(text: str) -> Fraction | None:
    found = _SHARE.fullmatch(text.replace(" ", ""))
    if not found:
        return None
    if found[1]:
        return Fraction(found[1]) / 100
    return Fraction(int(found[2]), int(found[3])) if int(found[3]) else None


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def _share_words(value: Fraction) -> str:
    """12.5% where that is exact, otherwise 1/3（约 33.33%）."""
    percent = value * 100
    scaled = percent * 10**9
    if scaled.denominator == 1:
        whole, rest = divmod(scaled.numerator, 10**9)
        return f"{whole}.{rest:09}".rstrip("0").rstrip(".") + "%"
    return f"{value}（约 {float(percent):.2f}%）"
