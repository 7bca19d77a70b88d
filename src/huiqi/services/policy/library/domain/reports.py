"""What a visitor may say is wrong with an item."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 40
LONGEST_REPORT = 500
LONGEST_CONTACT = 60


class MistakeKind(StrEnum):
    """What is wrong, as visitors say it."""

    GONE = "gone"
    AMOUNT = "amount"
    WHO = "who"
    TIME = "time"
    HOW = "how"
    LINK = "link"
    OTHER = "other"


MISTAKES: Mapping[MistakeKind, str] = {
    MistakeKind.GONE: "这项政策已经取消，或有了新的",
    MistakeKind.AMOUNT: "给多少写错了",
    MistakeKind.WHO: "给谁、条件写错了",
    MistakeKind.TIME: "日期写错了",
    MistakeKind.HOW: "怎么办、材料、电话写错了",
    MistakeKind.LINK: "原网页打不开",
    MistakeKind.OTHER: "别的",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was read: ``form_key`` is the form's own, so that a form sent twice is one report."""

    form_key: str
    kind: MistakeKind
    text: str
    contact: str
