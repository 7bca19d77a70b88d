"""Asking a spouse or guarantor for a consent of their own: nobody agrees in another's place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from huiqi.foundation.access.queries import demand
from huiqi.foundation.audit.actions import Actor, Entry, Party, Subject, record
from huiqi.foundation.consent.actions.giving import (
    Shown,
    Wanted,
    confirmed_words,
    drawn_up,
    grantee_of,
    keep,
    made_before,
)
from huiqi.foundation.consent.actions.signing import sign
from huiqi.foundation.consent.domain import (
    PURPOSES,
    RELATIONS,
    AskState,
    ConsentRefusedError,
    Terms,
    class_words,
    faults_of,
)
from huiqi.foundation.consent.models import ConsentAsk
from huiqi.foundation.consent.queries import Ask, ask_for, ask_made
from huiqi.foundation.consent.queries.rows import as_id
from huiqi.foundation.consent.queries.values import day_of
from huiqi.foundation.notices.actions import notify
from huiqi.foundation.parameters.queries import number
from huiqi.foundation.storage.actions import spend_or_refuse

ASKS_A_DAY = 20
_GONE = "这件已经答复过、撤回了或过期了，没有改动。请请您的一方重新发一次。"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask, by the telephone number they will sign in with, as what, and for what."""

    phone: str
    relation: str
    wanted: Wanted


def ask(actor: Actor, asked: Asked, now: datetime) -> str:
    """Ask, and return the id by which the asked person finds it. The same form sent again returns the one it
    made. ConsentRefusedError, TooOftenError.
    """
    demand(actor, "consent.ask", {"organisation"})
    asker, terms = actor.organisation, asked.wanted.terms
    if asker is None or asked.relation not in RELATIONS:
        raise ConsentRefusedError("请选对方是配偶还是担保人，还没有发出，填的都还在。")
    if known := _asked_before(actor, asked.wanted.form_key):
        return known
    today = day_of(now)
    allowed = PURPOSES[terms.purpose].of_people
    if faults := faults_of(terms, allowed, number("consent.longest_days", today), today):
        raise ConsentRefusedError("".join(faults.values()))
    grantee = grantee_of(terms.purpose, asked.wanted.grantee_id)
    spend_or_refuse("consent.ask", actor.id, ASKS_A_DAY, 24 * 3600, now)
    try:
        with transaction.atomic():
            return str(_asked(actor, asker, asked, grantee, now).pk)
    except IntegrityError as failure:
        if known := _asked_before(actor, asked.wanted.form_key):
            return known
        raise ConsentRefusedError("这张表已经用过了，没有再发。请回到“我的授权”看一看。") from failure


def withdraw_ask(actor: Actor, ask_id: str, now: datetime) -> None:
    """Take back what was asked for and not yet answered."""
    demand(actor, "consent.withdraw_ask", {"organisation"})
    found = ask_made(actor, ask_id, now)
    if found is None:
        raise ConsentRefusedError("找不到这一件，没有改动。请回到“我的授权”重新打开。")
    with transaction.atomic():
        row = _waiting(found.id, now)
        _decide(row, AskState.WITHDRAWN, now)
        record(Entry(now, actor, "consent.withdraw_ask", _subject(row)))


def words_asked_for(actor: Actor, ask_id: str, now: datetime) -> tuple[Ask, Wanted, Shown]:
    """What somebody is asked to agree to, drawn up in their own name; ConsentRefusedError where it waits for
    them no more.
    """
    demand(actor, "consent.answer", {"own"})
    found = ask_for(actor, ask_id, now)
    if found is None or not found.is_waiting:
        raise ConsentRefusedError(_GONE)
    terms = Terms(found.purpose, found.classes, found.until_on)
    # The id names the form: whoever answers twice answers once.
    wanted = Wanted(found.id.replace("-", "")[:22], found.grantee.id, terms)
    subject = Party(actor.id, actor.name)
    return found, wanted, drawn_up(subject, wanted, PURPOSES[found.purpose].of_people, now)


def answer(actor: Actor, ask_id: str, digest: str, browser: str, code: str, now: datetime) -> str:
    """Agree to what one was asked for, in one's own name, whoever one acts for; returns the consent's id."""
    known = made_before(actor, ask_id.replace("-", "")[:22])
    if known:
        return known
    found, wanted, shown = words_asked_for(actor, ask_id, now)
    confirmed = confirmed_words(actor, shown, digest, browser, code, now)
    signature = sign(shown.statement, confirmed, now)
    with transaction.atomic():
        row = _waiting(found.id, now)
        kept = keep(actor, wanted, shown, signature, now)
        row.consent = kept
        _decide(row, AskState.GIVEN, now)
        return str(kept.pk)


def decline(actor: Actor, ask_id: str, now: datetime) -> None:
    """Not agree; whoever asked is told, and no more than that."""
    demand(actor, "consent.answer", {"own"})
    found = ask_for(actor, ask_id, now)
    if found is None:
        raise ConsentRefusedError(_GONE)
    with transaction.atomic():
        row = _waiting(found.id, now)
        _decide(row, AskState.DECLINED, now)
        record(Entry(now, actor, "consent.decline", _subject(row)))
        context = {
            "relation": RELATIONS[row.relation],
            "phone": str(row.phone),
            "grantee": row.grantee_name,
        }
        asker = (str(row.asked_by_id),)
        notify("consent.decline", f"consent.decline:{row.pk}", asker, context, now, actor, link="/consents/")


def _asked(actor: Actor, asker: Party, asked: Asked, grantee: Party, now: datetime) -> ConsentAsk:
    terms = asked.wanted.terms
    row = ConsentAsk.objects.create(
        form_key=asked.wanted.form_key,
        asker_id=asker.id,
        asker_name=asker.name,
        asked_by_id=actor.id,
        relation=asked.relation,
        phone=asked.phone,
        grantee_id=grantee.id,
        grantee_name=grantee.name,
        purpose=terms.purpose,
        classes=",".join(sorted(terms.classes)),
        until_on=terms.until_on,
        asked_at=now,
        ends_at=now + timedelta(days=settings.HUIQI_INVITATION_DAYS),
    )
    after = {
        "给谁": grantee.name,
        "用途": PURPOSES[terms.purpose].label,
        "看什么": class_words(terms.classes),
        "到": terms.until_on,
    }
    record(Entry(now, actor, "consent.ask", _subject(row), after=after))
    return row


def _asked_before(actor: Actor, form_key: str) -> str:
    rows = ConsentAsk.objects.filter(form_key=form_key, asked_by=as_id(actor.id))
    return str(rows.values_list("pk", flat=True).first() or "")


def _waiting(ask_id: str, now: datetime) -> ConsentAsk:
    """The row, locked, while it waits; of several who answer at once one does."""
    row = ConsentAsk.objects.select_for_update().get(pk=ask_id)
    if row.state != str(AskState.WAITING) or now >= row.ends_at:
        raise ConsentRefusedError(_GONE)
    return row


def _decide(row: ConsentAsk, state: AskState, now: datetime) -> None:
    row.state, row.decided_at = str(state), now
    row.save(update_fields=["state", "decided_at", "consent"])


def _subject(row: ConsentAsk) -> Subject:
    name = f"{RELATIONS[row.relation]} {row.phone}：{PURPOSES[row.purpose].label}"
    return Subject("consent_ask", str(row.pk), name)
