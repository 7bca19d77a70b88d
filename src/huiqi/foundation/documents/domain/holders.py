"""What a document belongs to, known by an opaque kind and id, and the documents as others may see them."""

from dataclasses import dataclass
from datetime import datetime

from huiqi.foundation.documents.domain.kinds import KINDS
from huiqi.foundation.documents.domain.states import LABELS, ScanState


@dataclass(frozen=True, slots=True)
class Holder:
    """What documents belong to: a person, an organisation, a case … ``organisation_id`` is the organisation
    it belongs to itself, empty for a person's own.
    """

    kind: str
    id: str
    organisation_id: str = ""


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """One document. ``size`` in bytes; ``sha256`` is of what is kept, ``sent_sha256`` of what was sent."""

    id: str
    holder: Holder
    name: str
    kind_id: str
    size: int
    sha256: str
    sm3: str
    sent_sha256: str
    state: ScanState
    uploaded_at: datetime
    uploader_id: str
    is_issued: bool

    @property
    def media_type(self) -> str:
        return KINDS[self.kind_id].media_type

    @property
    def ending(self) -> str:
        return KINDS[self.kind_id].ending

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind_id].label

    @property
    def state_label(self) -> str:
        return LABELS[self.state]

    @property
    def size_text(self) -> str:
        """1.2 MB, 340 KB"""
        if self.size >= 2**20:
            return f"{self.size / 2**20:.1f} MB"
        return f"{max(1, round(self.size / 1024))} KB"


@dataclass(frozen=True, slots=True)
class IssuedPdf:
    """What anybody who has number and check code may know of an issued PDF."""

    number: str
    template_label: str
    title: str
    issuer: str
    issued_at: datetime
    sha256: str
    superseded_by: str
    revoked_at: datetime | None
    revoked_reason: str

    @property
    def is_in_force(self) -> bool:
        return not self.superseded_by and self.revoked_at is None
