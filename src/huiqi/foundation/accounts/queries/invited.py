"""Invitations: as the invited sees them, as who invited does, and as who has to agree."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from huiqi.foundation.access.queries import relations_for, role_words
from huiqi.foundation.accounts.domain import Person
from huiqi.foundation.accounts.domain.members import Invitation, InvitationState, Steps
from huiqi.foundation.accounts.models import Invitation as InvitationRow
from huiqi.foundation.accounts.models import Person as PersonRow
from huiqi.foundation.accounts.queries.organisations import as_id, shown
from huiqi.foundation.audit.actions import Actor

SHOWN_DAYS, MOST_SHOWN = 30, 100
LONGEST_PLACE = 24
_UNDECIDED = {"accepted_at__isnull": True, "withdrawn_at__isnull": True}
_ROWS = InvitationRow.objects.select_related("organisation", "invited_by")


def invitation_by_secret(secret: str, now: datetime) -> Invitation | None:
    """What a link with this secret invites to; None for a link nobody made."""
    row = _ROWS.filter(secret_hash=digest_of(secret)).first()
    return invitation_of(row, now) if row else None


def invitation(invitation_id: str, now: datetime) -> Invitation | None:
    """The invitation of this id, however it stands."""
    key = as_id(invitation_id)
    row = _ROWS.filter(pk=key).first() if key else None
    return invitation_of(row, now) if row else None


def own_invitation(actor: Actor, invitation_id: str, now: datetime) -> Invitation | None:
    """The same, where it is of the actor's own number; None where it is of another."""
    key = as_id(invitation_id)
    row = _to(actor.id).filter(pk=key).first() if key else None
    return invitation_of(row, now) if row else None


def own_invitations(person_id: str, now: datetime) -> tuple[Invitation, ...]:
    """What somebody's number is invited to and can be accepted now, the newest first. Two questions."""
    rows = _to(person_id).filter(**_UNDECIDED, expires_at__gt=now).order_by("-made_at", "id")
    found = (invitation_of(row, now) for row in rows[:MOST_SHOWN])
    return tuple(each for each in found if each.state is InvitationState.OPEN)


def invitations_of(organisation_id: str, now: datetime) -> tuple[Invitation, ...]:
    """Those an organisation made that were not accepted, the newest first: what is undecided, and for a month
    what ran out, was withdrawn or not agreed to.
    """
    since = now - timedelta(days=SHOWN_DAYS)
    ended_late = Q(withdrawn_at__isnull=True, expires_at__gte=since) | Q(withdrawn_at__gte=since)
    rows = _ROWS.filter(ended_late, organisation_id=organisation_id, accepted_at__isnull=True)
    return tuple(invitation_of(row, now) for row in rows.order_by("-made_at", "id")[:MOST_SHOWN])


def waiting_grants(actor: Actor, now: datetime) -> tuple[Invitation, ...]:
    """The grants that wait for a second pair of eyes, the oldest first; nothing for whom the table lets see
    none.
    """
    if "all" not in relations_for(actor, "accounts.see_grants"):
        return ()
    rows = _ROWS.filter(**_UNDECIDED, needs_approval=True, approved_at__isnull=True, expires_at__gt=now)
    return tuple(invitation_of(row, now) for row in rows.order_by("made_at", "id"))


def letter_to_invited(invitation_id: str, now: datetime) -> tuple[str, str] | None:
    """Number (eleven digits) and words of the short message to who can accept now; None where nobody can.
    The words hold no secret: who gets them signs in with that number.
    """
    key = as_id(invitation_id)
    row = _ROWS.filter(pk=key).first() if key else None
    if row is None or invitation_of(row, now).state is not InvitationState.OPEN:
        return None
    return row.phone.reveal(), words_to_invited(row.organisation.name, row.role)


def words_to_invited(place: str, role: str) -> str:
    """What the short message says; a long name is cut, so that it fits one message of 67 characters."""
    name = place if len(place) <= LONGEST_PLACE else f"{place[: LONGEST_PLACE - 1]}…"
    return f"{name}邀请您做{role_words(role)}。请用这个手机号登录焦个企惠查看，不认识请不要理会。"


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_of(row: InvitationRow, now: datetime) -> Invitation:
    """A row as others get it."""
    ends = row.accepted_at, row.withdrawn_at, row.is_declined
    steps = Steps(row.needs_approval, row.expires_at, row.approved_at, *ends)
    inviter = Person(str(row.invited_by_id), str(row.invited_by))
    return Invitation(
        str(row.pk),
        shown(row.organisation),
        row.role,
        str(row.phone),
        inviter,
        row.made_at,
        row.expires_at,
        steps.state(now),
        row.reason,
        role_words(row.role),
    )


def _to(person_id: str) -> QuerySet[InvitationRow]:
    people, key = PersonRow.objects.filter(left_at__isnull=True).only("phone"), as_id(person_id)
    person = people.filter(pk=key).first() if key else None
    return _ROWS.filter(phone_index=person.phone.reveal()) if person else _ROWS.none()
