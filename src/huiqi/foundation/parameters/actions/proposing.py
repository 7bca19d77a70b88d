"""Wanting a number changed: nothing changes until somebody else agrees."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import demand
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.parameters.domain import (
    LONGEST_DOCUMENT,
    LONGEST_REASON,
    Parameter,
    ParameterRefusedError,
    State,
    Value,
    day_fault,
    kept_text,
    value_fault,
    value_words,
    written,
)
from huiqi.foundation.parameters.models import ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries import named, timeline

_DECIDED = {State.APPROVED: "同意了", State.REFUSED: "表示不同意了", State.WITHDRAWN: "撤回了"}
_KEPT = "写的都还在，没有提交。"
OF_LAW = "这个数是法规定的，不能在这里改。没有改动。"


@dataclass(frozen=True, slots=True)
class Change:
    """What is wanted: a value from a day on, why, and by which document (may be empty)."""

    value: Value
    from_on: date
    reason: str
    document: str = ""


def check_change(parameter: Parameter, change: Change, today: date) -> Change:
    """The change as it would be proposed; ParameterRefusedError says why it cannot be. Writes nothing."""
    if not parameter.may_change:
        raise ParameterRefusedError(OF_LAW)
    if fault := value_fault(parameter, change.value) or day_fault(change.from_on, today):
        raise ParameterRefusedError(fault + _KEPT)
    reason = written(change.reason, LONGEST_REASON, "请写一句为什么要改，同意的人要看。")
    document = written(change.document, LONGEST_DOCUMENT)
    versions = timeline(parameter)
    begins = day_text(change.from_on)
    if any(each.from_on == change.from_on for each in versions.ahead(today)):
        raise ParameterRefusedError(
            f"从{begins}起，已经有一个同意过的修改。请换一天，或者先取消那一个。{_KEPT}"
        )
    if versions.value(change.from_on) == change.value:
        words = value_words(parameter, change.value)
        raise ParameterRefusedError(f"到{begins}本来就是 {words}，不用改。{_KEPT}")
    _demand_none_waiting(parameter)
    return Change(change.value, change.from_on, reason, document)


def propose(actor: Actor, key: str, change: Change, now: datetime) -> str:
    """Propose a value from a day on; the id of the proposal. Sent twice, it is one proposal.

    ParameterRefusedError where it cannot be: what is set by law, out of bounds, not ahead, no change, or
    another one waits.
    """
    demand(actor, "parameters.propose", {"all"})
    parameter = named(key)
    with transaction.atomic():
        if same := _same(actor, key, change):
            return same
        checked = check_change(parameter, change, now.date())
        old = timeline(parameter).value(checked.from_on)
        row = _waiting_row(
            actor,
            now,
            key=key,
            value=kept_text(checked.value),
            from_on=checked.from_on,
            reason=checked.reason,
            document=checked.document,
        )
        before = {"数": value_words(parameter, old)}
        after = {
            "数": value_words(parameter, checked.value),
            "从哪天起": checked.from_on,
            "依据": checked.document,
        }
        subject = subject_of(parameter)
        record(Entry(now, actor, "parameters.propose", subject, checked.reason, before=before, after=after))
        return str(row.pk)


def call_off(actor: Actor, key: str, version: int, reason: str, now: datetime) -> str:
    """Propose that a version which is still ahead never comes into force; the id of the proposal."""
    demand(actor, "parameters.call_off", {"all"})
    parameter = named(key)
    why = written(reason, LONGEST_REASON, "请写一句为什么要取消，同意的人要看。")
    with transaction.atomic():
        _demand_none_waiting(parameter)
        row = version_ahead(parameter, version, now.date())
        new = _waiting_row(actor, now, key=key, from_on=row.from_on, reason=why, calls_off=row)
        before = {"还没到日子的修改": _ahead_words(parameter, row)}
        record(Entry(now, actor, "parameters.call_off", subject_of(parameter), why, before=before))
        return str(new.pk)


def withdraw(actor: Actor, proposal_id: str, now: datetime) -> None:
    """Take back what one proposed oneself while nobody has decided on it."""
    demand(actor, "parameters.withdraw", {"own"})
    with transaction.atomic():
        row = locked_proposal(proposal_id)
        if str(row.proposed_by_id) != actor.id:
            raise ParameterRefusedError("这不是您提的，不能撤回，没有改动。要不同意，请点“不同意”。")
        row.state, row.decided_at = State.WITHDRAWN, now
        row.save(update_fields=["state", "decided_at"])
        after = {"结果": "撤回了"}
        record(Entry(now, actor, "parameters.withdraw", subject_of(named(row.key)), after=after))


def version_ahead(parameter: Parameter, version: int, today: date) -> ParameterVersion:
    """The version of this number that is still ahead; ParameterRefusedError where it is not, or no more."""
    rows = ParameterVersion.objects.filter(pk=version, key=parameter.key, calling_off__isnull=True)
    row: ParameterVersion | None = rows.first()
    if row is None:
        raise ParameterRefusedError("没有这个修改，或者已经取消了，没有改动。请看看现在的情况。")
    if row.from_on <= today:
        raise ParameterRefusedError(
            f"这个修改从{day_text(row.from_on)}起已经在用，不能取消，没有改动。要改回去，请提一个新的修改。"
        )
    return row


def locked_proposal(proposal_id: str) -> ParameterProposal:
    """A proposal that waits, locked until the transaction ends. ParameterRefusedError says who was first."""
    row = ParameterProposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if row is None:
        raise ParameterRefusedError("找不到这个修改，没有改动。请回到列表重新打开。")
    if row.state != State.WAITING:
        raise ParameterRefusedError(_decided_words(row))
    return row


def subject_of(parameter: Parameter) -> Subject:
    return Subject("parameter", parameter.key, parameter.title)


def _decided_words(row: ParameterProposal) -> str:
    who = row.decided_by or row.proposed_by
    return f"这个修改{who}已经{_DECIDED[State(row.state)]}，这次没有再办。请看看现在的情况。"


def _ahead_words(parameter: Parameter, row: ParameterVersion) -> str:
    found = next((each for each in timeline(parameter).versions if each.number == row.pk), None)
    words = value_words(parameter, found.value) if found else row.value
    return f"从{day_text(row.from_on)}起 {words}"


def _demand_none_waiting(parameter: Parameter) -> None:
    waiting = ParameterProposal.objects.filter(key=parameter.key, state=State.WAITING)
    row = waiting.select_related("proposed_by").first()
    if row is not None:
        raise ParameterRefusedError(
            f"{row.proposed_by}已经提过一个修改，还在等同意，一次只能有一个。"
            f"请等它有了结果，或者请{row.proposed_by}先撤回。{_KEPT}"
        )


def _same(actor: Actor, key: str, change: Change) -> str:
    """The id of the same proposal sent before, as by a double click; empty for none."""
    row = ParameterProposal.objects.filter(
        key=key,
        state=State.WAITING,
        proposed_by__pk=actor.id,
        value=kept_text(change.value),
        from_on=change.from_on,
        calls_off__isnull=True,
    ).first()
    return str(row.pk) if row else ""


def _waiting_row(actor: Actor, now: datetime, **columns: object) -> ParameterProposal:
    """A constraint lets one proposal a parameter wait, whoever was first."""
    try:
        with transaction.atomic():
            return ParameterProposal.objects.create(proposed_by_id=actor.id, proposed_at=now, **columns)
    except IntegrityError as failure:
        raise ParameterRefusedError(
            f"刚刚有人先提了一个修改，一次只能有一个在等同意。请看看那一个。{_KEPT}"
        ) from failure
