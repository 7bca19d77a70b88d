"""Consents: the subject gives and ends, the grantee sees what it holds, who is asked answers alone."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from huiqi.foundation.accounts.models import Person
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.consent.domain import digests_of
from huiqi.foundation.consent.models import Consent, ConsentAsk, ConsentedClass, ConsentText
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.world import Walker, World, marker

_STRANGE = str(uuid.UUID(int=7))


def consents(world: World, walker: Walker) -> Sequence[Thing]:
    """One's own, one's organisation's, one that is held, and one between two others."""
    del world
    return tuple(_consents(walker))


def _consents(walker: Walker) -> Iterator[Thing]:
    assert walker.stranger is not None
    signer = walker.stranger.person
    if walker.who is not None:
        yield _consent("own", {"own"}, walker, signer, str(walker.who.person.pk), _STRANGE)
    if walker.place is not None:
        ours = str(walker.place.pk)
        yield _consent("ours", {"organisation"}, walker, signer, ours, _STRANGE)
        yield _consent("held", {"held"}, walker, signer, _STRANGE, ours)
    yield _consent("others'", set(), walker, signer, _STRANGE, str(uuid.UUID(int=8)))


def _consent(
    label: str, relations: set[str], walker: Walker, signer: Person, subject: str, grantee: str
) -> Thing:
    body = "授权书（试一试）"
    sm3, sha256 = digests_of(body)
    kept = {"purpose": "coaching", "version": 1, "from_on": today(), "body": body, "sm3": sm3}
    text, _ = ConsentText.objects.get_or_create(sha256=sha256, defaults=kept)
    name = marker("授权", label, walker.name)
    row = Consent.objects.create(
        form_key=uuid.uuid4().hex[:22],
        subject_id=subject,
        subject_name=name,
        grantee_id=grantee,
        grantee_name=name,
        purpose="coaching",
        from_at=now() - timedelta(hours=1),
        until_at=now() + timedelta(days=30),
        text=text,
        statement=body,
        sm3=sm3,
        sha256=sha256,
        signature_method="code",
        signature_words="试一试",
        signature_value="",
        given_by=signer,
        given_by_name=str(signer),
    )
    ConsentedClass.objects.create(consent=row, data_class="02")
    return Thing(label, frozenset(relations), {"consent_id": row.pk}, marker=str(row.pk))


def holdings(world: World, walker: Walker) -> Sequence[Thing]:
    """What is held, as a thing of the organisation that holds it."""
    ours, nobodys = frozenset({"organisation"}), frozenset[str]()
    return tuple(
        Thing(each.label, ours if each.label == "held" else nobodys, marker=each.marker)
        for each in consents(world, walker)
    )


def made(world: World, walker: Walker) -> Sequence[Thing]:
    """What the walker's organisation asked for, and what another did."""
    del world
    assert walker.stranger is not None
    found = [_ask("others'", set(), walker, _STRANGE, "16500000000")]
    if walker.place is not None:
        found.append(_ask("ours", {"organisation"}, walker, str(walker.place.pk), "16500000000"))
    return tuple(found)


def received(world: World, walker: Walker) -> Sequence[Thing]:
    """What the walker is asked for by their number, and what somebody else is."""
    del world
    found = [_ask("others'", set(), walker, _STRANGE, "16500000000")]
    if walker.who is not None:
        found.append(_ask("own", {"own"}, walker, _STRANGE, walker.who.person.phone.reveal()))
    return tuple(found)


def _ask(label: str, relations: set[str], walker: Walker, asker: str, phone: str) -> Thing:
    assert walker.stranger is not None
    row = ConsentAsk.objects.create(
        form_key=uuid.uuid4().hex[:22],
        asker_id=asker,
        asker_name="试一试的店",
        asked_by=walker.stranger.person,
        relation="guarantor",
        phone=phone,
        grantee_id=_STRANGE,
        grantee_name="试一试的银行",
        purpose="pre_loan",
        classes="06",
        until_on=today() + timedelta(days=30),
        asked_at=now(),
        ends_at=now() + timedelta(days=7),
    )
    return Thing(label, frozenset(relations), {"ask_id": row.pk}, marker=str(row.pk))


_SEE, _GIVE, _REVOKE, _ASK = "consent.see", "consent.give", "consent.revoke", "consent.ask"
_WITHDRAW, _ANSWER, _HELD = "consent.withdraw_ask", "consent.answer", "consent.see_held"
PAGES = {
    "consent:consents": Page(reads=_SEE, lists=(Listing(consents, _SEE, ("own", "ours")),)),
    "consent:consent": Page(reads=_SEE, things=consents),
    "consent:give": Page(reads=_GIVE, writes=_GIVE),
    "consent:revoke": Page(reads=_REVOKE, writes=_REVOKE, things=consents),
    "consent:held": Page(reads=_HELD, lists=(Listing(holdings, _HELD, ("held",)),)),
    "consent:ask": Page(reads=_ASK, writes=_ASK),
    "consent:ask_made": Page(reads=_WITHDRAW, writes=_WITHDRAW, things=made),
    "consent:asked": Page(reads=_ANSWER, writes=_ANSWER, things=received),
    "consent:decline": Page(writes=_ANSWER, things=received),
}
