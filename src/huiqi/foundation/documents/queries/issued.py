"""Whether an issued PDF is genuine: by number and check code together, and by its bytes."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.documents.domain import TEMPLATES, IssuedPdf, in_groups, spellings, typed_code
from huiqi.foundation.documents.models import Issued

_NOTHING = "-" * 12
PAGE = 20


@dataclass(frozen=True, slots=True)
class OwnIssued:
    """A PDF as its issuer sees it; ``check_code`` is in groups, as it is printed."""

    id: str
    document_id: str
    issuer_id: str
    number: str
    template_label: str
    title: str
    issued_at: datetime
    check_code: str
    superseded_by: str
    revoked_at: datetime | None
    revoked_reason: str

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None and not self.superseded_by


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """One page of what an organisation issued, the newest first."""

    rows: tuple[OwnIssued, ...]
    number: int
    pages: int
    count: int


def issued_by(actor: Actor, number: int = 1) -> IssuedPage:
    """What the organisation ``actor`` acts for has issued, a page of it; nothing for nobody's member."""
    if actor.organisation is None:
        return IssuedPage((), 1, 1, 0)
    ours = Issued.objects.select_related("superseded_by").filter(issuer_id=actor.organisation.id)
    count = ours.count()
    pages = max(1, -(-count // PAGE))
    number = min(max(1, number), pages)
    rows = ours.order_by("-issued_at", "-pk")[(number - 1) * PAGE : number * PAGE]
    return IssuedPage(tuple(_own(row) for row in rows), number, pages, count)


def issued_pdf(issued_id: UUID) -> OwnIssued | None:
    """One of them, whosever it is; None where there is none. For its issuer's eyes."""
    row = Issued.objects.select_related("superseded_by").filter(pk=issued_id).first()
    return _own(row) if row else None


def _own(row: Issued) -> OwnIssued:
    return OwnIssued(
        id=str(row.pk),
        document_id=str(row.document_id),
        issuer_id=row.issuer_id,
        number=row.number,
        template_label=TEMPLATES[row.template],
        title=row.title,
        issued_at=row.issued_at,
        check_code=in_groups(row.check_code.reveal()),
        superseded_by=row.superseded_by.number if row.superseded_by else "",
        revoked_at=row.revoked_at,
        revoked_reason=row.revoked_reason,
    )


def verify_issued(number: str, code: str) -> IssuedPdf | None:
    """What was issued under a number; None where the number is unknown as well as where the code is wrong.

    Both take the same way, so that neither the answer nor its time says which of the two it was.
    """
    named = spellings(number)
    found = Issued.objects.select_related("document", "superseded_by").filter(number__in=named)
    row = next((each for name in named for each in found if each.number == name), None)
    code_kept = row.check_code.reveal() if row else _NOTHING
    is_right = hmac.compare_digest(code_kept.encode(), typed_code(code).encode(errors="replace"))
    return _facts(row) if row is not None and is_right else None


def _facts(row: Issued) -> IssuedPdf:
    return IssuedPdf(
        number=row.number,
        template_label=TEMPLATES[row.template],
        title=row.title,
        issuer=row.issuer_name,
        issued_at=row.issued_at,
        sha256=row.document.content_id,
        superseded_by=row.superseded_by.number if row.superseded_by else "",
        revoked_at=row.revoked_at,
        revoked_reason=row.revoked_reason,
    )
