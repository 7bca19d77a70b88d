"""Disputing what a department says: a case with a clock, and what the owner says beside it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from huiqi.core.rules.facts import Value
from huiqi.foundation.audit.actions import Entry, record
from huiqi.foundation.businesses.actions.declaring import declare
from huiqi.foundation.businesses.actions.recording import demanded_business, subject_of
from huiqi.foundation.businesses.domain import BusinessError, Purpose, SourceKind
from huiqi.foundation.businesses.domain.correcting import CORRECTION, LONGEST_STATEMENT
from huiqi.foundation.businesses.models import Business, Dispute
from huiqi.foundation.businesses.queries import Said, case_of_dispute, dictionary, sheet_for
from huiqi.foundation.cases.actions import Act, CaseRef, Opening, open_case


@dataclass(frozen=True, slots=True)
class Objection:
    """``statement`` is why it is wrong and what shows it; ``value`` what it should be, None where the owner
    does not say.
    """

    form_key: str
    fact: str
    statement: str
    value: Value | None = None


def dispute(objection: Objection, act: Act) -> CaseRef:
    """Open a correction about the fact of a department that counts now, and keep what the owner says instead;
    the same form sent again gets the case it has.
    """
    business = demanded_business(act.actor, "businesses.dispute")
    key = _key(objection)
    try:
        with transaction.atomic():
            return case_of_dispute(str(key)) or _opened(business, key, objection, act)
    except IntegrityError:
        # Sent twice at once: the other was first, and has opened the case.
        kept = case_of_dispute(str(key))
        if kept is None:
            raise
        return kept


def _opened(business: str, key: UUID, objection: Objection, act: Act) -> CaseRef:
    Business.objects.select_for_update().get(pk=UUID(business))  # two at once dispute one record once
    said = _disputable(business, objection.fact, act)
    label, name = dictionary()[objection.fact].label, act.actor.organisation
    Dispute.objects.create(
        key=key, record_id=said.record_id, statement=objection.statement, opened_at=act.now
    )
    case = open_case(
        Opening(
            kind=CORRECTION,
            subject_id=str(key),
            title=f"更正“{label}”",
            party_id=business,
            party_name=name.name if name else "",
        ),
        act,
    )
    if objection.value is not None:
        declare(act.actor, {objection.fact: objection.value}, act.now)
    after = {"哪一项": label, "来自": said.source, "办件": case.number}
    record(Entry(act.now, act.actor, "businesses.dispute", subject_of(business), after=after))
    return case


def _disputable(business: str, fact: str, act: Act) -> Said:
    line = sheet_for(act.actor, business, act.today, Purpose.OWN_USE).facts[fact]
    if line.said is None or line.said.source_kind is not SourceKind.DEPARTMENT:
        raise BusinessError("这一项现在用的不是部门数据，直接改就行，不用申请更正。")
    if line.is_disputed:
        raise BusinessError("这一项已经在核对了，不用再提。进展在“我的办件”里。")
    return line.said


def _key(objection: Objection) -> UUID:
    if not objection.statement:
        raise BusinessError("请写一句哪里不对、以什么为准。写的都还在，没有提交。")
    if len(objection.statement) > LONGEST_STATEMENT:
        raise BusinessError(f"最多写 {LONGEST_STATEMENT} 个字，请写短一些。写的都还在，没有提交。")
    try:
        return UUID(objection.form_key)
    except ValueError:
        raise BusinessError("这张表单已经失效，没有提交。写的都还在，请再点一次。") from None
