"""Who will be told, how, when, and in which words: to be looked at before the click."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from huiqi.foundation.accounts.queries.contacts import contacts_of
from huiqi.foundation.notices.domain import Purpose, State, Way, Words, ways, words_of
from huiqi.foundation.notices.models import Outgoing
from huiqi.foundation.notices.queries.choosing import choices_of
from huiqi.foundation.notices.queries.kinds import local, named_kind, offered_channels


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """Somebody who will be told: their masked name, and the ways besides the list in the site."""

    person_id: str
    name: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a confirm page shows. ``people`` are all who will be told, in the order asked for; ``unknown``
    counts recipients who no longer have an account; ``waits_until`` is when the night is over for those who
    are told after it, None where all are told at once.
    """

    kind: str
    words: Words
    people: tuple[ToldPerson, ...]
    unknown: int
    waits_until: datetime | None


def preview(kind: str, recipients: Iterable[str], context: Mapping[str, object], now: datetime) -> Preview:
    """What `notify` would do now with the same arguments; it changes nothing. NoticeError as there."""
    chosen, words = named_kind(kind), words_of(named_kind(kind), context)
    asked = list(dict.fromkeys(recipients))
    contacts, choices = contacts_of(asked), choices_of(asked, local(now).date())
    offered = offered_channels()
    people = tuple(
        ToldPerson(each, contacts[each].name, ways(chosen, choices[each], offered, local(now)))
        for each in asked
        if each in contacts
    )
    later = [way.due_at for person in people for way in person.ways if way.due_at > now]
    return Preview(kind, words, people, len(asked) - len(people), max(later, default=None))


def who_was_told(notice_id: str) -> tuple[str, ...]:
    """The ids of those whom a notice reached outside the site, or may have: who gets an apology."""
    told = Outgoing.objects.filter(notice_id=notice_id, purpose=Purpose.NOTICE)
    reached = told.filter(state__in=(State.SENDING, State.SENT, State.UNCERTAIN, State.BUNDLED))
    return tuple(str(each) for each in reached.order_by("id").values_list("person_id", flat=True))
