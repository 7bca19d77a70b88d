"""A second person agrees or does not: only then does a number change, and never on a day that has begun."""

from datetime import datetime

from django.db import transaction

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import demand
from huiqi.foundation.audit.actions import Actor, Entry, record
from huiqi.foundation.parameters.actions.proposing import (
    OF_LAW,
    locked_proposal,
    subject_of,
    version_ahead,
)
from huiqi.foundation.parameters.domain import (
    LONGEST_REASON,
    Parameter,
    ParameterRefusedError,
    State,
    day_fault,
    kept_value,
    value_fault,
    value_words,
    written,
)
from huiqi.foundation.parameters.models import ParameterCallingOff, ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries import named, read_anew, timeline

_Told = tuple[dict[str, object], dict[str, object]]  # for the log: before, after
_OWN = "自己提的不能自己同意，没有改动。换一个身份也不行，要请另一个人来看。"
_NO_MORE = "这个数的范围后来变了，不能再这样改，没有改动。请点“不同意”，请提的人重新提。"


def approve(actor: Actor, proposal_id: str, now: datetime) -> None:
    """Agree: what was proposed becomes a version, or what it calls off never comes into force.

    ParameterRefusedError for one's own proposal in whatever role, for one already decided, and where its day
    has come meanwhile. Of two who agree at once one wins.
    """
    demand(actor, "parameters.approve", {"all"})
    with transaction.atomic():
        row = _of_another(actor, proposal_id)
        parameter = named(row.key)
        read_anew()  # under the lock: what others agreed to meanwhile counts
        before, after = _called_off(row, parameter, now) if row.calls_off_id else _set(row, parameter, now)
        _decide(row, State.APPROVED, actor, now)
        subject = subject_of(parameter)
        record(Entry(now, actor, "parameters.approve", subject, row.reason, before=before, after=after))
    read_anew()


def refuse(actor: Actor, proposal_id: str, reason: str, now: datetime) -> None:
    """Say no, with a reason the proposer reads. Nobody refuses their own: they withdraw it."""
    demand(actor, "parameters.refuse", {"all"})
    why = written(reason, LONGEST_REASON, "请写一句为什么不同意，提的人要看。")
    with transaction.atomic():
        row = _of_another(actor, proposal_id)
        row.said = why
        _decide(row, State.REFUSED, actor, now)
        subject = subject_of(named(row.key))
        record(Entry(now, actor, "parameters.refuse", subject, why, after={"结果": "没有同意"}))


def _set(row: ParameterProposal, parameter: Parameter, now: datetime) -> _Told:
    """Add the version; what it was and what it is."""
    new = kept_value(parameter, row.value)
    if not parameter.may_change or new is None or value_fault(parameter, new):
        raise ParameterRefusedError(OF_LAW if not parameter.may_change else _NO_MORE)
    begins, versions = day_text(row.from_on), timeline(parameter)
    if day_fault(row.from_on, now.date()):
        raise ParameterRefusedError(
            f"定的是从{begins}起，这一天已经到了，不能再同意，没有改动。"
            "请点“不同意”，请提的人换一个以后的日子再提。"
        )
    if any(each.from_on == row.from_on for each in versions.ahead(now.date())):
        raise ParameterRefusedError(f"从{begins}起，已经有一个同意过的修改，没有改动。请点“不同意”。")
    old = versions.value(row.from_on)
    ParameterVersion.objects.create(key=row.key, value=row.value, from_on=row.from_on, proposal=row)
    after = {"数": value_words(parameter, new), "从哪天起": row.from_on, "依据": row.document}
    return {"数": value_words(parameter, old)}, after


def _called_off(row: ParameterProposal, parameter: Parameter, now: datetime) -> _Told:
    """Call the version off; what it would have been."""
    version = version_ahead(parameter, row.calls_off_id or 0, now.date())
    would_be = timeline(parameter).value(version.from_on)
    ParameterCallingOff.objects.create(version=version, proposal=row)
    return {"数": value_words(parameter, would_be), "从哪天起": version.from_on}, {"数": "取消，照原来的"}


def _of_another(actor: Actor, proposal_id: str) -> ParameterProposal:
    row = locked_proposal(proposal_id)
    if str(row.proposed_by_id) == actor.id:
        raise ParameterRefusedError(_OWN)
    return row


def _decide(row: ParameterProposal, state: State, actor: Actor, now: datetime) -> None:
    row.state, row.decided_by_id, row.decided_at = state, actor.id, now
    row.save(update_fields=["state", "decided_by", "decided_at", "said"])
