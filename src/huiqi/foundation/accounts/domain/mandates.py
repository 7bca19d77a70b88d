"""Mandates: who lets whom do what for them, and for how long (民法典第一百六十五条：授权委托书应当载明
代理人的姓名或者名称、代理事项、权限和期限).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

LONGEST_EVIDENCE = 200


@dataclass(frozen=True, slots=True)
class MandateKind:
    """One kind of mandate. ``agents`` are kinds of organisation, empty where the agent is a person;
    ``is_for_today`` is over with the day.
    """

    id: str
    label: str
    hint: str
    agents: frozenset[str]
    is_for_today: bool = False


MANDATE_KINDS: Mapping[str, MandateKind] = {
    kind.id: kind
    for kind in (
        MandateKind("handler", "经办人", "家人或员工，用自己的手机号替您办", frozenset()),
        MandateKind("bookkeeper", "代理记账", "记账公司等服务机构，里面的人替您办", frozenset({"provider"})),
        MandateKind(
            "window", "窗口代办", "今天在窗口，请工作人员替您办", frozenset({"department", "township"}), True
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a mandate, an organisation or a person, by opaque id; a person's name is masked."""

    id: str
    name: str


class MandateState(StrEnum):
    COMING = "coming"
    ACTIVE = "active"
    OVER = "over"
    REVOKED = "revoked"


MANDATE_WORDS = {
    MandateState.COMING: "还没开始",
    MandateState.ACTIVE: "有效",
    MandateState.OVER: "已到期",
    MandateState.REVOKED: "已收回",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mandate says: both days are included."""

    kind: str
    verbs: frozenset[str]
    from_on: date
    until_on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """``verbs`` are in words; ``days_left`` counts today's as none."""

    id: str
    kind: str
    principal: Side
    agent: Side
    verbs: tuple[str, ...]
    from_on: date
    until_on: date
    evidence: str
    granted_at: datetime
    state: MandateState
    days_left: int

    @property
    def label(self) -> str:
        return MANDATE_KINDS[self.kind].label

    @property
    def words(self) -> str:
        return MANDATE_WORDS[self.state]

    @property
    def is_active(self) -> bool:
        return self.state is MandateState.ACTIVE

    @property
    def can_be_revoked(self) -> bool:
        return self.state in (MandateState.ACTIVE, MandateState.COMING)


@dataclass(frozen=True, slots=True)
class Page:
    """Where one is in a long list; ``number`` counts from 1."""

    number: int
    pages: int

    @classmethod
    def of(cls, total: int, a_page: int, wanted: int) -> "Page":
        """The wanted page of so many lines, or the last there is."""
        pages = max(1, -(-total // a_page))
        return cls(min(max(1, wanted), pages), pages)


@dataclass(frozen=True, slots=True)
class Use:
    """One thing done under a mandate: when, by whom (masked), what."""

    at: datetime
    by: str
    words: str
    subject: str


def mandate_state(from_on: date, until_on: date, revoked_at: datetime | None, as_of: date) -> MandateState:
    """A revoked mandate is revoked for ever, whatever its days say."""
    if revoked_at:
        return MandateState.REVOKED
    if as_of < from_on:
        return MandateState.COMING
    return MandateState.ACTIVE if as_of <= until_on else MandateState.OVER


def faults_of(terms: Terms, mandatable: Set[str], longest_days: int, today: date) -> dict[str, str]:
    """What is wrong with the terms of a mandate, one sentence a field; empty for nothing. ``longest_days`` is
    how far its last day may lie behind its first, a choice of the site: no law sets it.
    """
    faults = {}
    kind = MANDATE_KINDS.get(terms.kind)
    if kind is None:
        faults["kind"] = "请选一下找谁替您办。"
    if not terms.verbs or not terms.verbs <= mandatable:
        faults["verbs"] = "请至少勾一件能替您办的事。"
    if fault := _period_fault(terms, kind, longest_days, today):
        faults["until_on"] = fault
    if not terms.evidence:
        faults["evidence"] = "请写一句凭什么委托，例如“本人在手机上授权”。"
    elif len(terms.evidence) > LONGEST_EVIDENCE:
        faults["evidence"] = f"写了 {len(terms.evidence)} 个字，最多 {LONGEST_EVIDENCE} 个，请删短一些。"
    return faults


def _period_fault(terms: Terms, kind: MandateKind | None, longest_days: int, today: date) -> str:
    if kind and kind.is_for_today:
        is_today = terms.from_on == terms.until_on == today
        return "" if is_today else "窗口代办只管今天这一趟，开始和到期的日子都请写今天。"
    if terms.from_on < today:
        return "开始的日子已经过去了，请写今天或以后。以前的事不能补办委托。"
    if (terms.from_on - today).days > longest_days:
        return f"开始的日子太远了，请写 {longest_days} 天以内的。"
    if terms.until_on < terms.from_on:
        return "到期的日子比开始的还早，请改一下。"
    if (terms.until_on - terms.from_on).days > longest_days:
        return f"一次最多委托 {longest_days} 天，到期可以再委托。请把到期的日子写近一些。"
    return ""
