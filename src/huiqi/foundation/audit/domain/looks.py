"""Looks: what of somebody's data a page shows, folded into one entry a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiqi.foundation.audit.domain.entries import Actor, Entry, EntryError, Party, Subject

TOGETHER, ROLE = "一起看的", "身份"
SUPPORT = "support"  # in which role a member sees the site as somebody
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Look:
    """One thing a page shows; ``party`` is whose data it is, None for what is of nobody in particular."""

    verb: str
    subject: Subject
    party: Party | None
    reason: str = ""


def is_own(actor: Actor, party: Party | None) -> bool:
    """Whether somebody reads what is their own or their organisation's, in their own name. Under a mandate
    and where support sees the site as somebody, nothing is.
    """
    if party is None or actor.seen_by is not None or actor.behalf_of is not None:
        return False
    ours = actor.organisation.id if actor.organisation else actor.id
    return party.id in (actor.id, ours)


def folded(looks: Sequence[Look], actor: Actor, roles: Mapping[str, str], now: datetime) -> Entry:
    """The one entry of a request: named by its first look, with what was seen beside it and the reader's
    role in words, because tomorrow it may be another.

    EntryError where a page shows data of two parties: neither could be told of the other's.
    """
    first, *others = looks
    if any(each.party != first.party for each in others):
        raise EntryError("a request reads the data of one party")
    names = list(dict.fromkeys(each.subject.name for each in others if each.subject != first.subject))
    role = SUPPORT if actor.seen_by else actor.role
    told = {ROLE: roles.get(role), TOGETHER: names[:MOST_NAMED] or None}
    return Entry(
        happened_at=now,
        actor=actor,
        verb=first.verb,
        subject=first.subject,
        reason=next((each.reason for each in looks if each.reason), ""),
        after={name: value for name, value in told.items() if value},
        party=first.party,
    )
