"""Whom a change among members concerns is told of it, in its transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import role_words
from huiqi.foundation.accounts.actions.telling import Told, tell
from huiqi.foundation.accounts.models import Deputy, Invitation, Membership, Person
from huiqi.foundation.audit.actions import Actor


def tell_of_proposal(row: Invitation, actor: Actor, now: datetime) -> None:
    """Tell the invited; where somebody has to agree before, tell first who can."""
    if not row.needs_approval:
        tell_invited(row, actor, now)
        return
    agreeing = Membership.objects.filter(
        role="security_admin", until_at__isnull=True, person__left_at__isnull=True
    )
    people = [str(each) for each in agreeing.order_by("from_at").values_list("person_id", flat=True)]
    _tell("accounts.see_grants", str(row.pk), people, _words(row), actor, now, reverse("accounts:grants"))


def tell_invited(row: Invitation, actor: Actor, now: datetime) -> None:
    """Tell the holder of the invited number, where it has an account, that the role can be taken up."""
    holder = Person.objects.filter(phone_index=row.phone.reveal(), left_at__isnull=True).first()
    people, link = [str(holder.pk)] if holder else [], reverse("accounts:invitations")
    _tell("accounts.invite", str(row.pk), people, _words(row), actor, now, link)


def tell_of_refusal(row: Invitation, actor: Actor, now: datetime) -> None:
    """Tell who invited that it was not agreed to, and why."""
    link = reverse("accounts:organisation_of", args=[row.organisation_id])
    people, words = [str(row.invited_by_id)], {**_words(row), "reason": row.reason}
    _tell("accounts.refuse_grant", str(row.pk), people, words, actor, now, link)


def tell_of_declining(row: Invitation, actor: Actor, now: datetime) -> None:
    """Tell who invited that the invited does not want to."""
    link = reverse("accounts:organisation_of", args=[row.organisation_id])
    people = [str(row.invited_by_id)]
    _tell("accounts.decline_invitation", str(row.pk), people, _words(row), actor, now, link)


def tell_leaver(row: Membership, actor: Actor, now: datetime) -> None:
    """Tell a member that they are one no more; not who left by themselves."""
    words = {"place": row.organisation.name, "role": role_words(row.role)}
    people = [] if str(row.person_id) == actor.id else [str(row.person_id)]
    _tell("accounts.end_membership", str(row.pk), people, words, actor, now, reverse("accounts:own"))


def tell_deputy(row: Deputy, actor: Actor, now: datetime) -> None:
    """Tell a colleague for whom they stand in, and until when; not who arranged it for themselves."""
    words = {
        "absent": str(row.absent.person),
        "from": day_text(row.from_on),
        "until": day_text(row.until_on),
        "reason": row.reason,
    }
    people = [] if str(row.deputy.person_id) == actor.id else [str(row.deputy.person_id)]
    link = reverse("accounts:organisation")
    _tell("accounts.appoint_deputy", str(row.pk), people, words, actor, now, link)


def _words(row: Invitation) -> dict[str, object]:
    return {
        "place": row.organisation.name,
        "role": role_words(row.role),
        "phone": str(row.phone),
        "day": day_text(row.expires_at.date()),
    }


def _tell(
    kind: str,
    key: str,
    people: Sequence[str],
    words: Mapping[str, object],
    actor: Actor,
    now: datetime,
    link: str,
) -> None:
    tell(Told(kind, key, tuple(people), words, link), now, actor)
