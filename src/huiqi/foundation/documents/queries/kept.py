"""Documents as others may see them, and the bytes of one of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef

from huiqi.foundation.documents.domain import Holder, KeptDocument, ScanState, may_be_served, unsealed
from huiqi.foundation.documents.models import Content, Document, shelf


class NotServedError(PermissionError):
    """A document that is given to nobody now; the message says why."""


_WHY_NOT = {
    ScanState.WAITING: "这份材料还在查毒，查完才能下载。一般几分钟就好，请稍后再打开。材料没有丢。",
    ScanState.INFECTED: "这份材料里查出病毒，已经隔离，谁也不能下载。"
    "请用杀毒软件检查电脑后，重新上传一份干净的。",
    ScanState.UNSCANNED: "本站还没有接上查毒软件，没查过的材料不能下载。材料没有丢；请联系本站的管理人员。",
}
_GONE = "这份材料的文件暂时找不到。记录还在，没有丢；请联系本站的管理人员，从备份里找回来。"


class Pieces:
    """The bytes of a file, read and decrypted as somebody goes over them, once; to be closed in any case."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        self._file, self._key = file, key

    def __iter__(self) -> Iterator[bytes]:
        """DamagedFileError at the first piece that is not as it was written."""
        return unsealed(self._file, self._key)

    def close(self) -> None:
        self._file.close()


def documents_of(holder: Holder) -> tuple[KeptDocument, ...]:
    """The documents of a holder, the newest first. Whoever asks has seen to it that they may be seen."""
    found = Document.objects.select_related("content", "issued").filter(
        holder_kind=holder.kind, holder_id=holder.id, removed_at__isnull=True
    )
    return tuple(kept(each) for each in found.order_by("-uploaded_at", "position"))


def document_count(holder: Holder) -> int:
    """How many documents a holder has. Whoever asks has seen to it that they may be seen."""
    found = Document.objects.filter(holder_kind=holder.kind, holder_id=holder.id, removed_at__isnull=True)
    return int(found.count())


def document(document_id: UUID | str) -> KeptDocument | None:
    """One document that was not removed."""
    found = Document.objects.select_related("content", "issued").filter(
        pk=document_id, removed_at__isnull=True
    )
    return next((kept(each) for each in found), None)


def is_served(one: KeptDocument) -> bool:
    """Whether anybody at all is given the document now."""
    return may_be_served(one.state, are_unscanned_served=settings.HUIQI_SERVE_UNSCANNED)


def pieces_of(one: KeptDocument) -> Pieces:
    """The bytes of a document. NotServedError before it is clean."""
    content = Content.objects.get(pk=one.sha256)
    state = ScanState(content.state)
    if not may_be_served(state, are_unscanned_served=settings.HUIQI_SERVE_UNSCANNED):
        raise NotServedError(_WHY_NOT[state])
    try:
        return content_pieces(content)
    except FileNotFoundError as failure:
        raise NotServedError(_GONE) from failure


def content_pieces(content: Content) -> Pieces:
    """The bytes of a content, whatever its state: for serving a clean one, and for the scanner."""
    key = content.key.reveal()
    return Pieces(shelf().open(content.place), key)


def kept(row: Document) -> KeptDocument:
    """A row as others may see it; its content is loaded with it."""
    return KeptDocument(
        id=str(row.pk),
        holder=Holder(row.holder_kind, row.holder_id, row.organisation_id),
        name=row.name,
        kind_id=row.content.kind,
        size=row.content.size,
        sha256=row.content.sha256,
        sm3=row.content.sm3,
        sent_sha256=row.sent_sha256,
        state=ScanState(row.content.state),
        uploaded_at=row.uploaded_at,
        uploader_id=row.uploader_id,
        is_issued=hasattr(row, "issued"),
    )


def unused_contents(before: datetime) -> tuple[str, ...]:
    """The hashes of contents older than a moment that no document has any more."""
    in_use = Document.objects.filter(content=OuterRef("pk"), removed_at__isnull=True)
    found = Content.objects.filter(~Exists(in_use), kept_at__lt=before)
    return tuple(found.values_list("pk", flat=True))
