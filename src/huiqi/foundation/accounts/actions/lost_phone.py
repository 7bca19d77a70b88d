"""The lost telephone at the window: one member of staff asks for a new number, another agrees, and whose
number it is can stop it until it is changed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from huiqi.core.standards.masks import mask_phone
from huiqi.core.standards.typed import plain_line
from huiqi.foundation.access.queries import demand, relations_for
from huiqi.foundation.accounts.actions.codes import TypedCode, make_code, take_codes
from huiqi.foundation.accounts.actions.lost_phone_ends import end_request, locked_request, subject_of
from huiqi.foundation.accounts.actions.lost_phone_news import tell_of_approval, tell_of_opening
from huiqi.foundation.accounts.actions.offices import SYSTEM
from huiqi.foundation.accounts.domain.lost_phone import (
    LONGEST_NOTE,
    PROOFS,
    STATE_WORDS,
    RequestState,
    Weight,
    outweighs,
    said_fault,
)
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Person, PhoneRequest
from huiqi.foundation.accounts.queries.lost_phone import (
    APPROVE,
    OPEN,
    REFUSE,
    ROWS,
    STOP,
    WITHDRAW,
    course_of,
    may_open_for,
    relations_to_request,
    weight_of_person,
)
from huiqi.foundation.accounts.queries.numbers import number
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.outbox.actions import enqueue
from huiqi.foundation.storage.actions import spend_or_refuse

WAIT_HOURS, OPEN_DAYS = "accounts.lost_phone_hours", "accounts.lost_phone_days"
ASKS_A_DAY, CODES_AN_HOUR = 60, 5
PURPOSE = "lost-phone"
# The same for a number nobody has, for a name that differs, and for an account that is no affair of theirs.
NOT_FOUND = (
    "没有提出申请：旧号码没有账号，或证件上的姓名和账号里的不一样，或这个账号不归这里办。"
    "填的都还在，请核对号码和姓名；在单位工作的人，由单位负责人或管理员办。"
)
_TAKEN = "新号码已经有账号了，不能换成它，没有提出申请。请换一个号码；或先用它登录，注销那个账号再来。"
_OPEN = "这个账号，或这个新号码，已经有一个换号申请在办，没有再提。请等那一个有结果，或由提出的人撤回。"
_ONESELF = "不能给自己的账号提出或同意换号，没有改动。请另一位工作人员来办。"
_ANOTHER = "提出的人不能自己同意，没有改动。请另一位工作人员核对。"


@dataclass(frozen=True, slots=True)
class LostPhone:
    """What the window writes down: numbers of eleven digits, the name on the document, its kind, a note."""

    old_phone: str
    new_phone: str
    name: str
    proof: str
    note: str
    removes_proofs: bool
    form_key: str


@sensitive_variables()
def prove_new_number(actor: Actor, lost: LostPhone, browser: str, now: datetime) -> str:
    """The code to send to the new number; nothing is asked yet of the old one."""
    demand(actor, OPEN, relations_for(actor, OPEN))
    spend_or_refuse("accounts.open_phone_request", actor.id, ASKS_A_DAY, 24 * 3600, now)
    spend_or_refuse("accounts.code.number", lost.new_phone, CODES_AN_HOUR, 3600, now)
    return make_code(lost.new_phone, f"{PURPOSE}\0{actor.id}", browser, now)


@sensitive_variables()
def open_phone_request(actor: Actor, lost: LostPhone, code: str, browser: str, now: datetime) -> str:
    """Ask for the new number, by the code it got; returns the request's id, and the same again for a form
    sent twice. RefusedError says the same whatever is not as it was said; every look-up is in the log.
    """
    demand(actor, OPEN, relations_for(actor, OPEN))
    made = PhoneRequest.objects.filter(form_key=lost.form_key, requested_by=as_id(actor.id)).first()
    if made is not None:
        return str(made.pk)
    if fault := said_fault(lost.note, LONGEST_NOTE) or (
        "" if lost.proof in PROOFS else "请选一下看了什么证件。"
    ):
        raise RefusedError(fault)
    take_codes([TypedCode(lost.new_phone, f"{PURPOSE}\0{actor.id}", code)], browser, now)
    try:
        with transaction.atomic():
            row = _opened(actor, actor.organisation.id if actor.organisation else "", lost, now)
    except IntegrityError as failure:
        raise RefusedError(_OPEN) from failure
    if row is None:
        _note_look_up(actor, lost.old_phone, now)
        raise RefusedError(NOT_FOUND)
    return str(row.pk)


def approve_phone_request(
    actor: Actor, request_id: str, checked: str, now: datetime, *, agrees_to_proofs: bool
) -> None:
    """Agree that the number changes after the hours the city waits. Where the second proof is to go as well,
    that is agreed to by itself. RefusedError for who asked, for whose account it is, and where something
    changed meanwhile.
    """
    with transaction.atomic():
        row = _decided(actor, request_id, APPROVE, checked, now)
        if row.removes_proofs and not agrees_to_proofs:
            raise RefusedError("第二道验证也要去掉，这一项要单独同意，请勾上再点。还没有处理，写的都还在。")
        if outweighs(weight_of_person(row.person), Weight(row.weight)):
            raise RefusedError("提出以后，这个账号有了权限更大的身份，没有同意。请撤回，由管理员重新提出。")
        row.approved_at, row.checked = now, checked
        row.effective_at = now + timedelta(hours=number(WAIT_HOURS, now.date()))
        row.save(update_fields=["decided_by", "approved_at", "effective_at", "checked"])
        after = {"换号时间": row.effective_at.isoformat(), "去掉第二道验证": row.removes_proofs}
        record(Entry(now, actor, APPROVE, subject_of(row), checked, after=after))
        _settle_at(row, "agreed", row.effective_at, now)
        tell_of_approval(row, actor, now)


def refuse_phone_request(actor: Actor, request_id: str, reason: str, now: datetime) -> None:
    """Say no, with a reason that the account and who asked read."""
    with transaction.atomic():
        row = _decided(actor, request_id, REFUSE, reason, now)
        end_request(row, RequestState.REFUSED, actor, reason, now)


def withdraw_phone_request(actor: Actor, request_id: str, reason: str, now: datetime) -> None:
    """Take back what one asked for, also after it was agreed to, until the hour has come."""
    with transaction.atomic():
        row = locked_request(request_id)
        demand(actor, WITHDRAW, relations_to_request(actor, row, WITHDRAW))
        if fault := _sentence_fault(reason):
            raise RefusedError(fault)
        _demand_open(row, now)
        end_request(row, RequestState.WITHDRAWN, actor, reason, now)


def stop_phone_request(actor: Actor, request_id: str, now: datetime) -> None:
    """Whoever is signed in on the account says: that is not me."""
    with transaction.atomic():
        row = locked_request(request_id)
        demand(actor, STOP, relations_to_request(actor, row, STOP))
        _demand_open(row, now)
        end_request(row, RequestState.STOPPED, actor, "在登录着的设备上点了“不是我”", now)


def _opened(actor: Actor, place: str, lost: LostPhone, now: datetime) -> PhoneRequest | None:
    """The new request; None where the account is not found, or is none for this actor."""
    people = Person.objects.select_for_update()
    person = people.filter(phone_index=lost.old_phone, left_at__isnull=True).first()
    name = plain_line(person.name.reveal()) if person is not None else ""
    if person is None or (name and name != lost.name) or not may_open_for(actor, person):
        return None
    if str(person.pk) == actor.id:
        raise RefusedError(_ONESELF)
    if Person.objects.filter(phone_index=lost.new_phone).exists():
        raise RefusedError(_TAKEN)
    _forget_expired(person, lost.new_phone, now)
    row = PhoneRequest.objects.create(
        form_key=lost.form_key,
        person=person,
        weight=weight_of_person(person),
        old_phone=lost.old_phone,
        new_phone=lost.new_phone,
        organisation_id=place,
        requested_by_id=actor.id,
        requested_at=now,
        expires_at=now + timedelta(days=number(OPEN_DAYS, now.date())),
        proof=lost.proof,
        note=lost.note,
        has_same_name=bool(name),
        removes_proofs=lost.removes_proofs,
    )
    row = ROWS.get(pk=row.pk)
    after = {
        "新号码": mask_phone(lost.new_phone),
        "看了什么": PROOFS[lost.proof],
        "去掉第二道验证": lost.removes_proofs,
        "申请": str(row.pk),
    }
    record(Entry(now, actor, OPEN, subject_of(row), lost.note, after=after))
    _settle_at(row, "opened", row.expires_at, now)
    tell_of_opening(row, actor, now)
    return row


def _decided(actor: Actor, request_id: str, verb: str, said: str, now: datetime) -> PhoneRequest:
    """The locked request, with who decides on it."""
    row = locked_request(request_id)
    demand(actor, verb, relations_to_request(actor, row, verb))
    if str(row.person_id) == actor.id:
        raise RefusedError(_ONESELF)
    if str(row.requested_by_id) == actor.id:
        raise RefusedError(_ANOTHER)
    if fault := _sentence_fault(said):
        raise RefusedError(fault)
    state = course_of(row).state(now)
    if state is not RequestState.WAITING:
        raise RefusedError(_over(state))
    row.decided_by_id = as_id(actor.id)
    return row


def _demand_open(row: PhoneRequest, now: datetime) -> None:
    state = course_of(row).state(now)
    if state not in (RequestState.WAITING, RequestState.AGREED):
        raise RefusedError(_over(state))


def _over(state: RequestState) -> str:
    return f"这个换号申请现在是“{STATE_WORDS[state]}”，没有再改动。请看看最新的情况。"


def _sentence_fault(said: str) -> str:
    return said_fault(said) if said else "请写一句核对了什么，或为什么。还没有处理。"


def _forget_expired(person: Person, new_phone: str, now: datetime) -> None:
    """One that ran out stands in nobody's way, also before its job has come."""
    rows = ROWS.select_for_update(of=("self",)).filter(ended_at__isnull=True, approved_at__isnull=True)
    old = rows.filter(expires_at__lte=now)
    for row in (*old.filter(person=person), *old.filter(new_phone_index=new_phone).exclude(person=person)):
        end_request(row, RequestState.EXPIRED, SYSTEM, "", now)


def _settle_at(row: PhoneRequest, step: str, due_at: datetime, now: datetime) -> None:
    kind = "accounts.settle_phone_request"
    enqueue(kind, f"{kind}:{row.pk}:{step}", {"request": str(row.pk)}, now, due_at=due_at)


def _note_look_up(actor: Actor, phone: str, now: datetime) -> None:
    """That a number was looked up and nothing came of it, by the mask of the number."""
    opaque = salted_hmac("huiqi.accounts.number", phone, algorithm="sha256").hexdigest()[:16]
    with transaction.atomic():
        subject = Subject("phone", opaque, mask_phone(phone))
        record(Entry(now, actor, "accounts.find_phone_holder", subject, "没有找到，或不归这里办"))
