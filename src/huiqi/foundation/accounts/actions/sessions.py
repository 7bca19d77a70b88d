"""Sessions begin and end here, whatever the way in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from huiqi.foundation.accounts.actions.acting import end_seeing
from huiqi.foundation.accounts.domain.sign_in import (
    TWO_PROOFS,
    Lifetimes,
    SignInRefusedError,
    is_whole,
    method_words,
)
from huiqi.foundation.accounts.models import Membership, Person, Session
from huiqi.foundation.accounts.queries.acting import (
    ACTING_KEY,
    BEGAN_KEY,
    BEHALF_KEY,
    HANDLE_KEY,
    METHOD_KEY,
    PERSON_KEY,
    PROVEN_KEY,
    WAITING_KEY,
    actor_as,
    actor_of,
    memberships_of,
)
from huiqi.foundation.accounts.queries.proofs import has_second_proof, person_waiting
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record

WAITING_MINUTES = 15
_EXPIRED_AT_ONCE = 50
_CLOSED = "这个账号已经停用或注销，不能登录。要问原因，请拨打 12345，或带身份证到窗口。"
_NOT_YOURS = "这个身份已经不是您的了。请看看下面还有哪些，或问一下单位的管理员。"


def begin_session(session: SessionBase, person_id: str, method: str, now: datetime) -> None:
    """Put a person into a new session: a new key, nothing kept of what was there before.

    ``method`` is code, password, passkey, oidc:provider or oidc-strong:provider. Who is a member
    of one organisation in one role acts for it at once. Who owes a second proof stays a visitor until it is
    given; see `queries.page_after_sign_in`. SignInRefusedError for an account that is closed.
    """
    person = _open_account(person_id)
    memberships = memberships_of(person)
    owes = any(each.role in TWO_PROOFS for each in memberships) or has_second_proof(person)
    with transaction.atomic():
        session.flush()
        if owes and not is_whole(method):
            session[WAITING_KEY] = {"person": str(person.pk), "method": method, "since": now.isoformat()}
            session.set_expiry(now + timedelta(minutes=WAITING_MINUTES))
        else:
            _enter(session, person, memberships, method, now)


def finish_session(session: SessionBase, method: str, now: datetime) -> None:
    """Let in who was waiting and has now given the second proof, by ``method``."""
    waiting, person = session[WAITING_KEY], person_waiting(session)
    if person is None:
        raise SignInRefusedError(_CLOSED)
    with transaction.atomic():
        session.flush()
        _enter(session, person, memberships_of(person), f"{waiting['method']}+{method}", now)


def end_session(session: SessionBase, now: datetime) -> None:
    """Sign out; nothing happens where nobody is signed in. A look of support ends with it."""
    actor = actor_of(session)
    with transaction.atomic():
        end_seeing(session, now)
        if session.get(PERSON_KEY):
            record(Entry(now, actor, "accounts.sign_out", Subject("person", actor.id, actor.name)))
        session.flush()


def switch_role(session: SessionBase, membership_id: str, now: datetime) -> bool:
    """Act in another of one's roles from here on, or as oneself where ``membership_id`` is empty. False where
    the role takes a second proof that this session has not: it waits for it, and acts for nobody meanwhile.
    """
    person = _open_account(str(session.get(PERSON_KEY, "")))
    chosen = next((each for each in memberships_of(person) if str(each.pk) == membership_id), None)
    if membership_id and chosen is None:
        raise SignInRefusedError(_NOT_YOURS)
    if chosen is not None and chosen.role in TWO_PROOFS and not session.get(PROVEN_KEY):
        method = str(session.get(METHOD_KEY, "code"))
        with transaction.atomic():
            begin_session(session, str(person.pk), method, now)
        return False
    with transaction.atomic():
        before = actor_of(session)
        _act_as(session, chosen, datetime.fromisoformat(str(session.get(BEGAN_KEY) or now.isoformat())))
        actor = actor_as(person, chosen)
        subject = Subject("person", actor.id, actor.name)
        roles = ({"身份": _role_words(before)}, {"身份": _role_words(actor)})
        record(Entry(now, actor, "accounts.switch_role", subject, before=roles[0], after=roles[1]))
    return True


def end_other_sessions(session: SessionBase, actor: Actor, now: datetime, handle: str = "") -> int:
    """End one session of the actor's by its handle, or all but this one; returns how many ended."""
    rows = Session.objects.filter(person_id=actor.id)
    rows = rows.filter(handle=UUID(handle)) if handle else rows.exclude(handle=_handle_of(session))
    with transaction.atomic():
        count = rows.delete()[0]
        if count:
            subject = Subject("person", actor.id, actor.name)
            record(Entry(now, actor, "accounts.end_sessions", subject, after={"结束的登录": count}))
    return count


def trust_only(session: SessionBase, person_id: str) -> None:
    """A new second proof was given here: the sessions begun without it end."""
    Session.objects.filter(person_id=person_id).exclude(handle=_handle_of(session)).delete()
    session[PROVEN_KEY] = True


def _handle_of(session: SessionBase) -> UUID:
    """What the session is named by; of one that was never kept, a name nothing has."""
    return UUID(str(session[HANDLE_KEY])) if HANDLE_KEY in session else UUID(int=0)


def _open_account(person_id: str) -> Person:
    person = Person.objects.filter(pk=person_id, left_at__isnull=True).first() if person_id else None
    if person is None:
        raise SignInRefusedError(_CLOSED)
    return person


def _enter(
    session: SessionBase, person: Person, memberships: tuple[Membership, ...], method: str, now: datetime
) -> None:
    only = memberships[0] if len(memberships) == 1 else None
    session[PERSON_KEY] = str(person.pk)
    session[BEGAN_KEY] = now.isoformat()
    session[METHOD_KEY] = method
    session[PROVEN_KEY] = "+" in method or is_whole(method)
    _act_as(session, only, now)
    _forget_expired(now)
    subject = Subject("person", str(person.pk), str(person))
    record(Entry(now, actor_as(person, only), "accounts.sign_in", subject, method_words(method)))


def _act_as(session: SessionBase, member: Membership | None, began_at: datetime) -> None:
    """Whatever is done in a session, it ends at one moment, which the role and the sign-in decide."""
    session.pop(ACTING_KEY, None)
    session.pop(BEHALF_KEY, None)
    if member is not None:
        session[ACTING_KEY] = str(member.pk)
    lifetimes = Lifetimes(
        timedelta(hours=settings.HUIQI_STAFF_SESSION_HOURS), timedelta(days=settings.HUIQI_SESSION_DAYS)
    )
    session.set_expiry(lifetimes.ends_at(member.role if member else "person", began_at))


def _forget_expired(now: datetime) -> None:
    old = Session.objects.filter(expire_date__lt=now).values_list("handle", flat=True)[:_EXPIRED_AT_ONCE]
    Session.objects.filter(handle__in=list(old)).delete()


def _role_words(actor: Actor) -> str:
    return f"{actor.organisation.name} {actor.role}" if actor.organisation else actor.role
