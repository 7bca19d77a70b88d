"""Lists and documents: what one gave, what one's organisation holds, what one is asked for."""

from datetime import datetime

from django.db.models import Q, QuerySet

from huiqi.foundation.access.queries import relations_for
from huiqi.foundation.accounts.queries.contacts import contacts_of
from huiqi.foundation.audit.actions import Actor, Party
from huiqi.foundation.consent.domain import Signature, digests_of
from huiqi.foundation.consent.models import Consent as ConsentRow
from huiqi.foundation.consent.models import ConsentAsk
from huiqi.foundation.consent.queries.rows import WITH_CLASSES, as_id, shown, shown_ask
from huiqi.foundation.consent.queries.values import Ask, Consent, Document

GIVEN_AT_ONCE, HELD_A_PAGE, ASKS_AT_ONCE = 200, 25, 100


def consents_given(actor: Actor, at: datetime) -> tuple[Consent, ...]:
    """What somebody let others see of themselves and, where the table allows, of the organisation they act
    for: live ones first, then the newest. At most 200.
    """
    found = (shown(row, at) for row in _rows(_given_by(actor)).order_by("-from_at", "id")[:GIVEN_AT_ONCE])
    return tuple(sorted(found, key=lambda each: not each.is_live))


def consents_held(actor: Actor, text: str, at: datetime, page: int = 1) -> tuple[Consent, ...]:
    """The live consents the actor's organisation holds, those that end first on top; ``text`` narrows to
    subjects whose name holds it. 25 a page, and one more where there is another page.
    """
    if actor.organisation is None or "organisation" not in relations_for(actor, "consent.see_held"):
        return ()
    wanted = Q(grantee_id=actor.organisation.id, from_at__lte=at, until_at__gt=at, revocation__isnull=True)
    rows = _rows(wanted & Q(subject_name__icontains=text) if text else wanted)
    first = (page - 1) * HELD_A_PAGE
    found = rows.order_by("until_at", "id")[first : first + HELD_A_PAGE + 1]
    return tuple(shown(row, at) for row in found)


def consent_for(actor: Actor, consent_id: str, at: datetime) -> tuple[Document, frozenset[str]] | None:
    """A consent with its text and how the actor is related to it (``own`` or ``organisation`` for the
    subject, ``held`` for the grantee); None for what is neither theirs nor held by them.
    """
    key = as_id(consent_id)
    row = _rows(Q(pk=key)).select_related("revocation", "text").first() if key else None
    relations = relations_of(actor, row.subject_id, row.grantee_id) if row else frozenset()
    if row is None or not relations:
        return None
    sm3, sha256 = digests_of(row.statement)
    document = Document(
        shown(row, at),
        row.statement,
        row.text.version,
        row.sm3,
        is_whole=(sm3, sha256) == (row.sm3, row.sha256),
        signature=Signature(row.signature_method, row.signature_words, row.signature_value),
    )
    return document, relations


def relations_of(actor: Actor, subject_id: str, grantee_id: str = "") -> frozenset[str]:
    """How somebody stands to a consent between these two."""
    ours = actor.organisation.id if actor.organisation else ""
    found = set()
    if actor.id == subject_id:
        found.add("own")
    if ours and ours == subject_id:
        found.add("organisation")
    if ours and ours == grantee_id:
        found.add("held")
    return frozenset(found)


def others_live(consent: Consent, at: datetime) -> int:
    """How many more live consents the same grantee has of the same subject for the same purpose."""
    rows = ConsentRow.objects.filter(
        subject_id=consent.subject.id,
        grantee_id=consent.grantee.id,
        purpose=consent.purpose,
        from_at__lte=at,
        until_at__gt=at,
        revocation__isnull=True,
    )
    return int(rows.exclude(pk=consent.id).count())


def asks_made(actor: Actor, at: datetime) -> tuple[Ask, ...]:
    """What the actor's organisation asked others for, the newest first. At most 100."""
    if actor.organisation is None or "organisation" not in relations_for(actor, "consent.ask"):
        return ()
    rows = ConsentAsk.objects.filter(asker_id=actor.organisation.id).order_by("-asked_at", "id")
    return tuple(shown_ask(row, at) for row in rows[:ASKS_AT_ONCE])


def asks_received(actor: Actor, at: datetime) -> tuple[Ask, ...]:
    """What waits for the person's own answer, by the telephone number they sign in with."""
    if "own" not in relations_for(actor, "consent.answer"):
        return ()
    rows = ConsentAsk.objects.filter(phone_index=_number_of(actor), state="waiting", ends_at__gt=at)
    return tuple(shown_ask(row, at) for row in rows.order_by("asked_at", "id")[:ASKS_AT_ONCE])


def ask_for(actor: Actor, ask_id: str, at: datetime) -> Ask | None:
    """What somebody was asked for, by the number they sign in with; None for anybody else."""
    key = as_id(ask_id)
    row = ConsentAsk.objects.filter(pk=key, phone_index=_number_of(actor)).first() if key else None
    return shown_ask(row, at) if row else None


def ask_made(actor: Actor, ask_id: str, at: datetime) -> Ask | None:
    """What the actor's organisation asked for; None for anybody else's."""
    key = as_id(ask_id)
    ours = actor.organisation.id if actor.organisation else ""
    row = ConsentAsk.objects.filter(pk=key, asker_id=ours).first() if key and ours else None
    return shown_ask(row, at) if row else None


def own_party(actor: Actor) -> Party:
    """In whose name somebody agrees: the organisation they act for, or they themselves."""
    return actor.organisation or Party(actor.id, actor.name)


def _number_of(actor: Actor) -> str:
    """By which somebody signs in; empty, which is nobody's, for who has left."""
    contact = contacts_of({actor.id}).get(actor.id)
    return contact.phone.reveal() if contact else ""


def _given_by(actor: Actor) -> Q:
    relations = relations_for(actor, "consent.see")
    own = Q(subject_id=actor.id) if "own" in relations else Q(pk__in=())
    if actor.organisation and "organisation" in relations:
        own |= Q(subject_id=actor.organisation.id)
    return own


def _rows(wanted: Q) -> QuerySet[ConsentRow]:
    return ConsentRow.objects.filter(wanted).select_related("revocation").prefetch_related(WITH_CLASSES)
