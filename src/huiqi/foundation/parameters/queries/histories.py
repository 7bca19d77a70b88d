"""One parameter from its first day on, in plain words, and what may be done about it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import get_current_timezone

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import may
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.parameters.domain import (
    STATE_WORDS,
    Parameter,
    State,
    Timeline,
    change_words,
    day_fault,
    kept_value,
    later_words,
    value_words,
)
from huiqi.foundation.parameters.models import ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries.declared import declared
from huiqi.foundation.parameters.queries.reading import timeline
from huiqi.foundation.parameters.queries.showing import Line, line_of, may_see, sees_all

_ROWS = ParameterProposal.objects.select_related(
    "proposed_by", "decided_by", "version__calling_off", "calls_off"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a history, about the day ``from_on``. ``standing`` is ahead, now, past, or empty for what
    never came into force; ``who`` and ``reason`` are empty for those who may not know. ``version`` is what
    can still be called off.
    """

    from_on: date
    words: str
    standing: str
    document: str
    who: str
    reason: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits for somebody else; ``fault`` says why nobody can agree to it any more."""

    id: str
    from_on: date
    words: str
    later: str
    reason: str
    document: str
    who: str
    proposed_on: date
    fault: str
    may_decide: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class History:
    """A parameter, its steps with the newest first, and what the viewer may do."""

    line: Line
    start: str
    steps: tuple[Step, ...]
    waiting: Waiting | None
    may_propose: bool
    may_call_off: bool


def history_of(actor: Actor, key: str, as_of: date) -> History | None:
    """What somebody may see of one parameter, in two queries; None where there is nothing for them."""
    parameter = declared().get(key)
    if parameter is None or not may_see(actor, parameter):
        return None
    versions, is_inside = timeline(parameter), sees_all(actor)
    rows = [row for row in _ROWS.filter(key=key).order_by("proposed_at", "id") if is_inside or _holds(row)]
    waiting = next((row for row in rows if row.state == State.WAITING), None)
    steps = [_step(parameter, versions, row, as_of, is_inside) for row in rows if row is not waiting]
    steps.sort(key=lambda pair: pair[0], reverse=True)
    may_change = parameter.may_change and waiting is None
    return History(
        line=line_of(parameter, versions, as_of, is_waiting=waiting is not None),
        start=value_words(parameter, parameter.default),
        steps=tuple(step for _, step in steps),
        waiting=_waiting(actor, parameter, waiting, as_of) if waiting else None,
        may_propose=may_change and may(actor, "parameters.propose", {"all"}),
        may_call_off=may_change and may(actor, "parameters.call_off", {"all"}),
    )


def words_of_change(parameter: Parameter, text: str, from_on: date) -> tuple[str, str]:
    """A change to the value kept as ``text`` in words, and what is agreed to for after it (may be empty)."""
    versions, new = timeline(parameter), kept_value(parameter, text)
    if new is None:
        return f"改为 {text}", ""
    words = change_words(parameter, from_on, versions.value(from_on), new)
    return words, later_words(parameter, versions, from_on)


def words_of_calling_off(parameter: Parameter, version: int) -> str:
    """What stays as it is where a version never comes into force."""
    versions = timeline(parameter)
    held = next((each for each in versions.versions if each.number == version), None)
    if held is None:
        return "取消一个修改"
    old = versions.value(held.from_on - timedelta(days=1))
    change = change_words(parameter, held.from_on, old, held.value)
    return f"取消这个修改：{change}。取消以后，还是 {value_words(parameter, old)}"


def _holds(row: ParameterProposal) -> bool:
    """Whether it changed a number or will: what anybody may know."""
    version = _version(row)
    return version is not None and not hasattr(version, "calling_off")


def _version(row: ParameterProposal) -> ParameterVersion | None:
    return row.version if hasattr(row, "version") else None


def _step(
    parameter: Parameter, versions: Timeline, row: ParameterProposal, as_of: date, is_inside: bool
) -> tuple[tuple[date, str], Step]:
    """A step and where it stands among the others: by the day it is about, then by when it was proposed."""
    held = _version(row) if _holds(row) else None
    words, standing = _told(parameter, versions, row), ""
    if held is not None:
        in_force = versions.version(as_of)
        is_now = in_force is not None and in_force.number == held.pk
        standing = "ahead" if held.from_on > as_of else "now" if is_now else "past"
    step = Step(
        from_on=row.from_on,
        words=words,
        standing=standing,
        document=row.document,
        who=_who(row) if is_inside else "",
        reason=_reason(row) if is_inside else "",
        version=held.pk if held is not None and standing == "ahead" else 0,
    )
    return (row.from_on, row.proposed_at.isoformat()), step


def _told(parameter: Parameter, versions: Timeline, row: ParameterProposal) -> str:
    new = kept_value(parameter, row.value) if not row.calls_off_id else None
    words = value_words(parameter, new) if new is not None else row.value
    if row.calls_off_id:
        return f"提出取消从 {day_text(row.from_on)}起的修改：{STATE_WORDS[State(row.state)]}"
    if not _holds(row):
        end = "同意后又取消了" if row.state == State.APPROVED else STATE_WORDS[State(row.state)]
        return f"提出从 {day_text(row.from_on)}起改为 {words}：{end}"
    old = versions.value(row.from_on - timedelta(days=1))
    return change_words(parameter, row.from_on, old, new) if new is not None else f"改为 {words}"


def _who(row: ParameterProposal) -> str:
    decided = f"，{row.decided_by}{STATE_WORDS[State(row.state)]}" if row.decided_by else ""
    return f"{row.proposed_by}提出{decided}"


def _reason(row: ParameterProposal) -> str:
    return f"{row.reason}；没有同意是因为：{row.said}" if row.said else row.reason


def _waiting(actor: Actor, parameter: Parameter, row: ParameterProposal, as_of: date) -> Waiting:
    is_own = str(row.proposed_by_id) == actor.id
    if row.calls_off_id:
        words, later = words_of_calling_off(parameter, row.calls_off_id), ""
    else:
        words, later = words_of_change(parameter, row.value, row.from_on)
    return Waiting(
        id=str(row.pk),
        from_on=row.from_on,
        words=words,
        later=later,
        reason=row.reason,
        document=row.document,
        who=str(row.proposed_by),
        proposed_on=row.proposed_at.astimezone(get_current_timezone()).date(),
        fault="这一天已经到了，不能再同意。" if day_fault(row.from_on, as_of) else "",
        may_decide=not is_own and may(actor, "parameters.approve", {"all"}),
        may_withdraw=is_own and may(actor, "parameters.withdraw", {"own"}),
    )
