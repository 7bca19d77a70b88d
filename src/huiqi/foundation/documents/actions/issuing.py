"""Issuing PDFs with a number and a check code, superseding and revoking them."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from urllib.parse import urlencode

from django.db import IntegrityError, transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.documents.actions.keeping import content_row, laid_on_the_shelf
from huiqi.foundation.documents.actions.printing import Stamp, print_pdf
from huiqi.foundation.documents.domain import (
    NUMBER_FORM,
    Holder,
    PrintContent,
    RefusedError,
    code_from,
    in_groups,
    shown_name,
)
from huiqi.foundation.documents.models import Document, Issued


class NumberTakenError(ValueError):
    """Something else was issued under the number."""


class NotInForceError(ValueError):
    """What was to be superseded or revoked is not in force: unknown, superseded or revoked before."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to issue: from which template, with which words, under which number, for which holder.

    ``address`` is the whole address of the page on which it is verified (https://…/verify/); ``supersedes``
    the number of what it takes the place of, or empty.
    """

    template: str
    content: PrintContent
    number: str
    holder: Holder
    address: str
    supersedes: str = ""

    @property
    def made_from(self) -> str:
        told = json.dumps(
            [self.template, asdict(self.content), asdict(self.holder), self.supersedes], sort_keys=True
        )
        return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """What was issued: its document, and the check code in groups as it is printed."""

    document_id: str
    number: str
    check_code: str


def issue_pdf(order: Order, actor: Actor, now: datetime) -> IssuedDocument:
    """Print, keep and record one PDF; the same order again gets what it got.

    The issuer is the organisation ``actor`` acts for. It prints before it opens its own transaction (a tenth
    of a second); inside a caller's it comes and goes with that. NumberTakenError, NotInForceError,
    RefusedError for a number that is none, NoChineseFontError. The caller has seen to it that ``actor`` may.
    """
    if not NUMBER_FORM.fullmatch(order.number):
        raise RefusedError(f"文号“{order.number[:60]}”不能用：3 到 60 个汉字、字母、数字、短横或括号。")
    if (before := _before(order)) is not None:
        return before
    code = code_from(secrets.token_bytes(24))
    pdf = print_pdf(order.template, order.content, _stamp(order, code, actor, now))
    try:
        return _keep(order, pdf, code, actor, now)
    except IntegrityError:
        if (before := _before(order)) is not None:
            return before
        raise


def revoke_pdf(number: str, reason: str, actor: Actor, now: datetime) -> None:
    """Say that a PDF counts no more, and why; it stays genuine. NotInForceError where it is not in force."""
    if not reason.strip():
        raise RefusedError("请写明撤销的原因，查验的人会看到。")
    with transaction.atomic():
        in_force = Issued.objects.filter(number=number, revoked_at__isnull=True, superseded_by__isnull=True)
        if not in_force.update(revoked_at=now, revoked_reason=reason.strip()[:200]):
            raise NotInForceError(f"{number} 没有出具过，或者已经被撤销、替代。")
        subject = Subject("issued-pdf", number, number)
        record(Entry(now, actor, "documents.revoke_pdf", subject, reason=reason, after={"撤销": True}))


def _keep(order: Order, pdf: bytes, code: str, actor: Actor, now: datetime) -> IssuedDocument:
    with laid_on_the_shelf(BytesIO(pdf)) as laid, transaction.atomic():
        content = content_row(laid, "pdf", now, is_own=True)
        document = Document.objects.create(
            holder_kind=order.holder.kind,
            holder_id=order.holder.id,
            organisation_id=order.holder.organisation_id,
            uploader_id=actor.id,
            name=shown_name(f"{order.content.title} {order.number}", ".pdf"),
            content=content,
            sent_sha256=laid.sha256,
            form_key=f"issued:{hashlib.sha256(order.number.encode()).hexdigest()[:40]}",
            position=0,
            uploaded_at=now,
        )
        row = Issued.objects.create(
            number=order.number,
            template=order.template,
            title=order.content.title,
            made_from=order.made_from,
            check_code=code,
            document=document,
            issuer_id=_issuer(actor)[0],
            issuer_name=_issuer(actor)[1],
            issued_at=now,
        )
        _supersede(order.supersedes, row)
        subject = Subject("issued-pdf", order.number, f"{order.content.title} {order.number}")
        after = {"SHA-256": laid.sha256, **({"替代": order.supersedes} if order.supersedes else {})}
        record(Entry(now, actor, "documents.issue_pdf", subject, after=after))
    return IssuedDocument(str(document.pk), order.number, in_groups(code))


def _supersede(number: str, by: Issued) -> None:
    if not number:
        return
    in_force = Issued.objects.filter(number=number, revoked_at__isnull=True, superseded_by__isnull=True)
    if not in_force.exclude(pk=by.pk).update(superseded_by=by):
        raise NotInForceError(f"{number} 没有出具过，或者已经被撤销、替代。")


def _before(order: Order) -> IssuedDocument | None:
    row = Issued.objects.filter(number=order.number).first()
    if row is None:
        return None
    if row.made_from != order.made_from:
        raise NumberTakenError(f"文号 {order.number} 已经用在另一份文件上。请换一个文号。")
    return IssuedDocument(str(row.document_id), row.number, in_groups(row.check_code.reveal()))


def _stamp(order: Order, code: str, actor: Actor, now: datetime) -> Stamp:
    link = f"{order.address}?{urlencode({'number': order.number, 'code': code})}"
    return Stamp(order.number, in_groups(code), _issuer(actor)[1], now, order.address, link)


def _issuer(actor: Actor) -> tuple[str, str]:
    if actor.organisation is not None:
        return actor.organisation.id, actor.organisation.name
    return "", "焦个企惠"
