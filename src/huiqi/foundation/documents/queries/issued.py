"""Whether an issued PDF is genuine: by number and check code together, and by its bytes."""

import hmac

from huiqi.foundation.documents.domain import TEMPLATES, IssuedPdf, spellings, typed_code
from huiqi.foundation.documents.models import Issued

_NOTHING = "-" * 12


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
