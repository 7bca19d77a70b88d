"""How a request to change a lost number ends: its hour comes, it runs out, or the account changes before.
A job brings it there, and whoever signs in with the new number before the job came.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import get_current_timezone

from huiqi.core.rules.wording import day_text
from huiqi.foundation.accounts.actions.lost_phone_news import TO_OLD_NUMBER, tell_of_end
from huiqi.foundation.accounts.actions.offices import SYSTEM
from huiqi.foundation.accounts.actions.telling import text
from huiqi.foundation.accounts.domain.lost_phone import RequestState, Weight, outweighs
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError
from huiqi.foundation.accounts.models import (
    Authenticator,
    Passkey,
    Person,
    PhoneRequest,
    RecoveryCode,
    Session,
)
from huiqi.foundation.accounts.queries.lost_phone import ROWS, course_of, weight_of_person
from huiqi.foundation.accounts.queries.organisations import as_id
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

_VERBS = {
    RequestState.DONE: "accounts.change_lost_phone",
    RequestState.EXPIRED: "accounts.expire_phone_request",
    RequestState.OVERTAKEN: "accounts.overtake_phone_request",
    RequestState.REFUSED: "accounts.refuse_phone_request",
    RequestState.WITHDRAWN: "accounts.withdraw_phone_request",
    RequestState.STOPPED: "accounts.stop_phone_request",
}


def settle_phone_request(request_id: str, now: datetime) -> None:
    """Bring a request to where its hours have brought it: change the number, or let it run out. Called again
    it does nothing; what was stopped in time stays stopped.
    """
    with transaction.atomic():
        row = locked_request(request_id)
        course = course_of(row)
        if course.is_due(now):
            _change(row, now)
        elif not row.end and course.state(now) is RequestState.EXPIRED:
            end_request(row, RequestState.EXPIRED, SYSTEM, "", now)


def settle_new_number(phone: str, now: datetime) -> None:
    """Before an account is made for a number: change the number that was to become this one by now, so that
    nobody gets two accounts. SignInRefusedError while its hour has not come.
    """
    row = PhoneRequest.objects.filter(new_phone_index=phone, ended_at__isnull=True).first()
    if row is None:
        return
    settle_phone_request(str(row.pk), now)
    row.refresh_from_db()
    if row.ended_at is None:
        hour = row.effective_at and row.effective_at.astimezone(get_current_timezone())
        when = f"{day_text(hour.date())} {hour:%H:%M} 起" if hour else "核对以后"
        raise SignInRefusedError(
            f"窗口正在把一个账号换成这个号码，{when}能用它登录。现在没有登录，什么也没有丢，请到时再来。"
        )


def overtake_requests(person: Person, actor: Actor, why: str, now: datetime) -> None:
    """End what is open for an account whose number was changed, or which was closed. The person is locked."""
    for row in ROWS.select_for_update(of=("self",)).filter(person=person, ended_at__isnull=True):
        end_request(row, RequestState.OVERTAKEN, actor, why, now)


def text_old_number(request_id: str, now: datetime) -> None:
    """Tell who has the old number that it opens the account no more."""
    key = as_id(request_id)
    row = PhoneRequest.objects.filter(pk=key, end=RequestState.DONE).first() if key else None
    if row is not None:
        text(row.old_phone, TO_OLD_NUMBER, f"huiqi-old-number-{row.pk}", now)


def locked_request(request_id: str) -> PhoneRequest:
    """The request, its person locked first and then itself. RefusedError where there is none."""
    key = as_id(request_id)
    found = PhoneRequest.objects.filter(pk=key).values_list("person_id", flat=True).first() if key else None
    if key is None or found is None:
        raise RefusedError("找不到这个换号申请，没有改动。请回到列表重新打开。")
    Person.objects.select_for_update().get(pk=found)
    return ROWS.select_for_update(of=("self",)).get(pk=key)


def end_request(row: PhoneRequest, state: RequestState, actor: Actor, reason: str, now: datetime) -> None:
    """Write down how it ended, in the log too, and tell who has to know. The row is locked."""
    row.end, row.ended_at, row.reason = state.value, now, reason
    row.save(update_fields=["end", "ended_at", "reason", "decided_by"])
    record(Entry(now, actor, _VERBS[state], subject_of(row), reason, after={"申请": str(row.pk)}))
    tell_of_end(row, actor, now)


def subject_of(row: PhoneRequest) -> Subject:
    """The account, so that all that was asked for it stands together in the log."""
    return Subject("person", str(row.person_id), str(row.person))


def _change(row: PhoneRequest, now: datetime) -> None:
    """Change the number, where the account is still what it was when it was agreed to."""
    if fault := _fault(row):
        end_request(row, RequestState.OVERTAKEN, SYSTEM, fault, now)
        return
    person = row.person
    try:
        with transaction.atomic():
            person.phone = row.new_phone.reveal()
            person.save(update_fields=["phone", "phone_index"])
    except IntegrityError:  # somebody was quicker with the number
        end_request(row, RequestState.OVERTAKEN, SYSTEM, "新号码已经有另一个账号", now)
        return
    ended = Session.objects.filter(person=person).delete()[0]
    if row.removes_proofs:
        for proofs in (Authenticator, Passkey, RecoveryCode):
            proofs.objects.filter(person=person).delete()
    proofs_now = "去掉，重新设置" if row.removes_proofs else "保留"
    after = {"手机号": row.new_phone.reveal(), "结束的登录": ended, "第二道验证": proofs_now}
    before = {"手机号": row.old_phone.reveal()}
    why = f"{row.requested_by}提出，{row.decided_by}核对后同意"
    verb, masked = _VERBS[RequestState.DONE], frozenset({"手机号"})
    record(Entry(now, SYSTEM, verb, subject_of(row), why, before=before, after=after, masked=masked))
    row.end, row.ended_at = RequestState.DONE.value, now
    row.save(update_fields=["end", "ended_at"])
    tell_of_end(row, SYSTEM, now)


def _fault(row: PhoneRequest) -> str:
    person = row.person
    if person.left_at is not None or person.phone.reveal() != row.old_phone.reveal():
        return "账号已经注销，或本人已经换过号码"
    if Person.objects.filter(phone_index=row.new_phone.reveal()).exists():
        return "新号码已经有另一个账号"
    if outweighs(weight_of_person(person), Weight(row.weight)):
        return "同意以后，这个账号有了权限更大的身份，要重新申请"
    return ""
