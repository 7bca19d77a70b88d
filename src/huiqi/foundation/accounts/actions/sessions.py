"""Sessions begin and end here, whatever the way in."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError, method_words
from huiqi.foundation.accounts.models import Person
from huiqi.foundation.accounts.queries.acting import (
    ACTING_KEY,
    PERSON_KEY,
    actor_as,
    actor_of,
    memberships_of,
)
from huiqi.foundation.audit.actions import Entry, Subject, record


def begin_session(session: SessionBase, person_id: str, method: str, now: datetime) -> None:
    """Put a person into a new session: a new key, nothing kept of what was there before.

    ``method`` is code, password, passkey or oidc:provider. Who is a member of one organisation in one role
    acts for it at once. SignInRefusedError for an account that is closed.
    """
    person = Person.objects.filter(pk=person_id, left_at__isnull=True).first()
    if person is None:
        raise SignInRefusedError("这个账号已经注销，不能登录。要再用，请换一个手机号登录，或拨打 12345。")
    memberships = memberships_of(person)
    only = memberships[0] if len(memberships) == 1 else None
    with transaction.atomic():
        session.flush()
        session[PERSON_KEY] = str(person.pk)
        if only is not None:
            session[ACTING_KEY] = str(only.pk)
        subject = Subject("person", str(person.pk), str(person))
        record(Entry(now, actor_as(person, only), "accounts.sign_in", subject, method_words(method)))


def end_session(session: SessionBase, now: datetime) -> None:
    """Sign out; nothing happens where nobody is signed in."""
    actor = actor_of(session)
    with transaction.atomic():
        if session.get(PERSON_KEY):
            record(Entry(now, actor, "accounts.sign_out", Subject("person", actor.id, actor.name)))
        session.flush()
