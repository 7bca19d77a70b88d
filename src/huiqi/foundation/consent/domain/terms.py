"""How a consent stands at a moment, and what is wrong with what somebody wants to agree to.

A year at most: no law at hand says so, banks' practice does (finance.md C4), so it is a parameter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from huiqi.foundation.consent.domain.purposes import PURPOSES


class ConsentRefusedError(Exception):
    """Something about a consent cannot be done; the message says what happened, that nothing was lost, and
    what to do.
    """


class ConsentState(StrEnum):
    COMING = "coming"
    LIVE = "live"
    OVER = "over"
    REVOKED = "revoked"


STATE_WORDS: Mapping[ConsentState, str] = {
    ConsentState.COMING: "还没开始",
    ConsentState.LIVE: "有效",
    ConsentState.OVER: "已到期",
    ConsentState.REVOKED: "已收回",
}


class AskState(StrEnum):
    """How it stands with what another person was asked for. OVER is never kept: time alone makes it so."""

    WAITING = "waiting"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OVER = "over"


ASK_WORDS: Mapping[AskState, str] = {
    AskState.WAITING: "等对方同意",
    AskState.GIVEN: "对方同意了",
    AskState.DECLINED: "对方没有同意",
    AskState.WITHDRAWN: "已撤回",
    AskState.OVER: "过期没有答复",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """How somebody agreed. ``words`` say what it is and what it is not; ``value`` is empty where nothing but
    the record stands for it.
    """

    method: str
    words: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed to: ``until_on`` is the last day, included."""

    purpose: str
    classes: frozenset[str]
    until_on: date


def consent_state(
    from_at: datetime, until_at: datetime, revoked_at: datetime | None, at: datetime
) -> ConsentState:
    """A revoked consent is revoked for whoever asks from then on, also about a moment before: what is read
    now is read now. ``until_at`` is not included.
    """
    if revoked_at is not None:
        return ConsentState.REVOKED
    if at < from_at:
        return ConsentState.COMING
    return ConsentState.LIVE if at < until_at else ConsentState.OVER


def ask_state(kept: AskState, ends_at: datetime, at: datetime) -> AskState:
    """What waits for an answer waits until its end."""
    return AskState.OVER if kept is AskState.WAITING and at >= ends_at else kept


def end_of(until_on: date, zone: tzinfo | None) -> datetime:
    """The first moment at which a consent that includes ``until_on`` is over: the midnight after."""
    return datetime.combine(until_on + timedelta(days=1), time(), zone)


def faults_of(terms: Terms, allowed: tuple[str, ...], longest_days: int, today: date) -> dict[str, str]:
    """What is wrong, a sentence a field; empty for nothing. ``allowed`` are the classes that may be agreed
    to, ``longest_days`` how far the last day may lie behind today.
    """
    faults = {}
    if terms.purpose not in PURPOSES:
        faults["purpose"] = "请选一下让对方看了做什么。"
    if not terms.classes or not terms.classes <= set(allowed):
        faults["classes"] = "请至少勾一类信息。没有勾的，对方看不到。"
    if terms.until_on < today:
        faults["until_on"] = "到期的日子已经过去了，请写今天或以后。"
    elif (terms.until_on - today).days > longest_days:
        faults["until_on"] = f"一次最多授权 {longest_days} 天，到期可以再授权。请把到期的日子写近一些。"
    return faults
