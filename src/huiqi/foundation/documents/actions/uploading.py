"""Taking in a file: looked into, kept, recorded; or refused with nothing left of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from huiqi.foundation.accounts.actions import hold_mandate
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.documents.actions.keeping import content_row, laid_on_the_shelf
from huiqi.foundation.documents.domain import (
    Holder,
    KeptDocument,
    RefusedError,
    ScanState,
    checked,
    shown_name,
)
from huiqi.foundation.documents.models import Document
from huiqi.foundation.documents.queries.kept import kept
from huiqi.foundation.outbox.actions import enqueue

MOST_OF_A_HOLDER = 200
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: the name its sender's device has for it, and a real file with its bytes."""

    name: str
    file: BinaryIO


def upload_document(
    sent: Sent, holder: Holder, actor: Actor, form_key: str, position: int, now: datetime
) -> KeptDocument:
    """Keep one file for a holder and return it as it is kept; the same form sent again gets the same.

    RefusedError for a file that is not taken, in words for the sender. The caller has seen to it that
    ``actor`` may hand in files here. The scan is a job that comes with it: until then nobody is given it.
    """
    before = Document.objects.select_related("content").filter(form_key=form_key, position=position).first()
    if before is not None:
        return _only_of(before, holder)
    taken = checked(sent.file, settings.HUIQI_UPLOAD_MOST_MB * 2**20)
    _refuse_too_many(holder)
    sent_sha256 = _hash_of(sent.file)
    with laid_on_the_shelf(taken.content) as laid, transaction.atomic():
        hold_mandate(actor, "documents.upload", now.date())
        content = content_row(laid, taken.kind.id, now)
        row, is_new = Document.objects.select_related("content").get_or_create(
            form_key=form_key,
            position=position,
            defaults={
                "holder_kind": holder.kind,
                "holder_id": holder.id,
                "organisation_id": holder.organisation_id,
                "uploader_id": actor.id,
                "name": shown_name(sent.name, taken.kind.ending),
                "content": content,
                "sent_sha256": sent_sha256,
                "uploaded_at": now,
            },
        )
        if is_new:
            subject = Subject("document", str(row.pk), row.name)
            after = {"归属": f"{holder.kind}:{holder.id}", "SHA-256": laid.sha256, "字节": laid.size}
            record(Entry(now, actor, "documents.upload", subject, after=after))
        if content.state == ScanState.WAITING:
            # By the place: the same bytes, forgotten and handed in anew, lie in another and are scanned anew.
            enqueue("documents.scan", f"documents.scan:{content.place}", {"sha256": content.pk}, now)
    return _only_of(row, holder)


def remove_document(document_id: str, actor: Actor, now: datetime) -> bool:
    """Take a document out of sight; its bytes go with the next clean-up unless another one has them too.

    False where somebody was quicker. The caller has seen to it that ``actor`` may.
    """
    with transaction.atomic():
        row = Document.objects.filter(pk=document_id).first()
        is_removed = Document.objects.filter(pk=document_id, removed_at__isnull=True).update(removed_at=now)
        if row is not None and is_removed:
            subject = Subject("document", str(row.pk), row.name)
            record(
                Entry(now, actor, "documents.remove", subject, before={"删除": False}, after={"删除": True})
            )
    return bool(is_removed)


def _only_of(row: Document, holder: Holder) -> KeptDocument:
    """A form key is no way to somebody else's document."""
    if (row.holder_kind, row.holder_id) != (holder.kind, holder.id):
        raise RefusedError("这个表单已经用过了。请回到原来的页面，重新选择文件再上传。")
    return kept(row)


def _refuse_too_many(holder: Holder) -> None:
    count = Document.objects.filter(
        holder_kind=holder.kind, holder_id=holder.id, removed_at__isnull=True
    ).count()
    if count >= MOST_OF_A_HOLDER:
        raise RefusedError(f"这里已经有 {count} 份材料，放不下了。请先删掉用不着的，再上传。")


def _hash_of(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
