"""Giving a consent: the words are shown, confirmed by a code, signed and kept, in this order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import get_current_timezone

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import demand
from huiqi.foundation.accounts.actions import Confirmed, confirm, request_confirmation
from huiqi.foundation.accounts.queries import organisation_of, people_of_party
from huiqi.foundation.audit.actions import Actor, Entry, Party, Subject, record
from huiqi.foundation.consent.actions.signing import sign
from huiqi.foundation.consent.domain import (
    PURPOSES,
    Blanks,
    ConsentRefusedError,
    Signature,
    Terms,
    Text,
    class_words,
    digests_of,
    end_of,
    faults_of,
    statement_of,
    text_in_force,
)
from huiqi.foundation.consent.models import Consent as ConsentRow
from huiqi.foundation.consent.models import ConsentedClass, ConsentText
from huiqi.foundation.consent.queries.lists import own_party
from huiqi.foundation.consent.queries.rows import as_id
from huiqi.foundation.consent.queries.values import day_of
from huiqi.foundation.notices.actions import notify
from huiqi.foundation.parameters.queries import number

MOST_TOLD = 10
_CHANGED = "授权书的内容变了（换了版本，或改了名称），还没有授权，填的都还在。请再看一遍，重新同意。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is about to agree to. ``grantee_id`` is an organisation's."""

    form_key: str
    grantee_id: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Shown:
    """The words to be agreed to, and the digest by which they are confirmed."""

    subject: Party
    grantee: Party
    text: Text
    statement: str

    @property
    def digest(self) -> str:
        return digests_of(self.statement)[1]


def draw_up(actor: Actor, wanted: Wanted, now: datetime) -> Shown:
    """The text as somebody would agree to it in the name they act in. ConsentRefusedError says what is
    wrong; NotAllowedError for whoever cannot agree in that name.
    """
    demand(actor, "consent.give", {"organisation" if actor.organisation else "own"})
    return drawn_up(own_party(actor), wanted, PURPOSES[wanted.terms.purpose].classes, now)


def drawn_up(subject: Party, wanted: Wanted, allowed: tuple[str, ...], now: datetime) -> Shown:
    """The same for a subject and classes that were looked at by the caller."""
    today = day_of(now)
    longest = number("consent.longest_days", today)
    if faults := faults_of(wanted.terms, allowed, longest, today):
        raise ConsentRefusedError("".join(faults.values()))
    grantee = grantee_of(wanted.terms.purpose, wanted.grantee_id)
    text = text_in_force(wanted.terms.purpose, today)
    blanks = Blanks(subject.name, grantee.name, wanted.terms.classes, wanted.terms.until_on)
    return Shown(subject, grantee, text, statement_of(text, blanks))


def grantee_of(purpose: str, organisation_id: str) -> Party:
    """The open organisation of this id, where it can be given such a consent; ConsentRefusedError."""
    found = organisation_of(organisation_id)
    if found is None or found.kind not in PURPOSES[purpose].grantees:
        raise ConsentRefusedError("这个单位不能接受这种授权，没有授权。请从列表里再选一个。")
    return Party(found.id, found.name)


def request_code(actor: Actor, shown: Shown, browser: str, now: datetime) -> tuple[str, str]:
    """The number to send to, and the code that confirms these words and no others."""
    return request_confirmation(actor, shown.digest, browser, now)


def give(actor: Actor, wanted: Wanted, digest: str, browser: str, code: str, now: datetime) -> str:
    """Agree, and return the consent's id. ``digest`` is that of the words that were shown: where they are
    others by now nothing is agreed to. The same form sent again returns the consent it made.
    """
    shown = draw_up(actor, wanted, now)
    if known := made_before(actor, wanted.form_key):
        return known
    confirmed = confirmed_words(actor, shown, digest, browser, code, now)
    signature = sign(shown.statement, confirmed, now)
    try:
        with transaction.atomic():
            return str(keep(actor, wanted, shown, signature, now).pk)
    except IntegrityError as failure:
        if known := made_before(actor, wanted.form_key):
            return known
        raise ConsentRefusedError("这张表已经用过了，没有再授权。请回到“我的授权”看一看。") from failure


def confirmed_words(
    actor: Actor, shown: Shown, digest: str, browser: str, code: str, now: datetime
) -> Confirmed:
    """Take the code for exactly what was shown."""
    if digest != shown.digest:
        raise ConsentRefusedError(_CHANGED)
    return confirm(actor, shown.digest, browser, code, now)


def made_before(actor: Actor, form_key: str) -> str:
    """The consent this form made already; empty for none."""
    rows = ConsentRow.objects.filter(form_key=form_key, given_by=as_id(actor.id))
    return str(rows.values_list("pk", flat=True).first() or "")


def keep(actor: Actor, wanted: Wanted, shown: Shown, signature: Signature, now: datetime) -> ConsentRow:
    """Write it, record it and tell the grantee, in the transaction that is open."""
    terms, (sm3, sha256) = wanted.terms, digests_of(shown.statement)
    row = ConsentRow.objects.create(
        form_key=wanted.form_key,
        subject_id=shown.subject.id,
        subject_name=shown.subject.name,
        grantee_id=shown.grantee.id,
        grantee_name=shown.grantee.name,
        purpose=terms.purpose,
        from_at=now,
        until_at=end_of(terms.until_on, get_current_timezone()),
        text=_kept_text(shown.text),
        statement=shown.statement,
        sm3=sm3,
        sha256=sha256,
        signature_method=signature.method,
        signature_words=signature.words,
        signature_value=signature.value,
        given_by_id=actor.id,
        given_by_name=actor.name,
    )
    ConsentedClass.objects.bulk_create(
        ConsentedClass(consent=row, data_class=each) for each in sorted(terms.classes)
    )
    after = {
        "给谁": shown.grantee.name,
        "用途": PURPOSES[terms.purpose].label,
        "看什么": class_words(terms.classes),
        "到": terms.until_on,
        "签的是": signature.method,
        "授权书SM3": sm3,
        "授权书SHA-256": sha256,
    }
    record(Entry(now, actor, "consent.give", subject_of(row), after=after))
    tell_grantee("consent.give", row, terms.classes, now, actor)
    return row


def subject_of(row: ConsentRow) -> Subject:
    """How a line of the log names a consent."""
    name = f"授权 {str(row.pk)[:8].upper()}：{PURPOSES[row.purpose].label}，{row.grantee_name}"
    return Subject("consent", str(row.pk), name)


def tell_grantee(kind: str, row: ConsentRow, classes: frozenset[str], now: datetime, actor: Actor) -> None:
    """A message to those who act for the grantee, not to a whole bank."""
    context = {
        "subject": row.subject_name,
        "purpose": PURPOSES[row.purpose].label,
        "classes": class_words(classes),
        "until_on": day_text(day_of(row.until_at) - timedelta(days=1)),
    }
    people = people_of_party(row.grantee_id)[:MOST_TOLD]
    notify(kind, f"{kind}:{row.pk}", people, context, now, actor, link=f"/consents/{row.pk}/")


def _kept_text(text: Text) -> ConsentText:
    """The row of a text, made when it is first agreed to."""
    sm3, sha256 = text.digests
    defaults = {
        "purpose": text.purpose,
        "version": text.version,
        "from_on": text.from_on,
        "body": text.body,
        "sm3": sm3,
    }
    return ConsentText.objects.get_or_create(sha256=sha256, defaults=defaults)[0]
