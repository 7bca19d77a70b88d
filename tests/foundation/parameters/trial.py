"""Parameters for the tests, one of each kind."""

from datetime import date, datetime, time
from fractions import Fraction
from zoneinfo import ZoneInfo

from huiqi.foundation.parameters.actions import Change
from tests.support.people import Someone

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY, TOMORROW = date(2026, 11, 25), date(2026, 11, 26)
DAYS, LAW, INSIDE = "parameters.answer_days", "parameters.law_days", "parameters.inside"
_SAID = {"title": "答复时限", "words": "最晚几天答复。", "source": "没有文件规定", "read_by": "办件台"}
_COUNTED = {**_SAID, "mark": "ours", "least": 1, "most": 60}
TRIAL = {
    DAYS: {**_COUNTED, "kind": "working_days", "default": 7, "is_public": True},
    LAW: {
        **_COUNTED,
        "kind": "days",
        "default": 15,
        "mark": "law",
        "title": "公示天数",
        "source": "某条例第五条",
        "is_public": True,
    },
    INSIDE: {
        **_COUNTED,
        "kind": "whole",
        "unit": "次",
        "default": 4,
        "mark": "inferred",
        "title": "内部次数",
    },
    "parameters.cap": {**_COUNTED, "kind": "money", "default": 150_000, "least": 0, "most": 10**11},
    "parameters.share": {
        **_COUNTED,
        "kind": "percent",
        "default": Fraction(1, 8),
        "least": Fraction(0),
        "most": Fraction(1),
    },
    "parameters.opens": {**_SAID, "mark": "ours", "kind": "time", "default": time(9)},
    "parameters.is_open": {**_SAID, "mark": "ours", "kind": "yes_no", "default": True},
    "parameters.way": {
        **_SAID,
        "mark": "ours",
        "kind": "choice",
        "default": "mail",
        "choices": {"mail": "寄送", "pick": "自取"},
    },
    "parameters.office": {**_SAID, "mark": "ours", "kind": "text", "default": "市政务大厅三楼"},
}


def change(value: object = 5, from_on: date = TOMORROW, reason: str = "人手够了") -> Change:
    return Change(value, from_on, reason)  # type: ignore[arg-type] # wrong ones are tried too


def form(value: str = "5", **more: str) -> dict[str, str]:
    """What the page of a proposal sends."""
    return {"value": value, "from_on": "2099-01-01", "reason": "人手够了", "document": "", **more}


def proposer() -> Someone:
    from tests.support.people import someone  # noqa: PLC0415 - only with a database

    return someone("system_admin")
