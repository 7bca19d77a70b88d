"""The door for readers: documents of a holder, offers to hand in files, and whether a PDF is genuine."""

from huiqi.foundation.documents.domain import DamagedFileError, Holder, IssuedPdf, KeptDocument
from huiqi.foundation.documents.queries.holders import (
    declare_holder,
    is_on_a_shelf,
    party_behind,
    relations_to,
    shelf_of,
)
from huiqi.foundation.documents.queries.issued import (
    IssuedPage,
    OwnIssued,
    issued_by,
    issued_pdf,
    verify_issued,
)
from huiqi.foundation.documents.queries.kept import (
    NotServedError,
    Pieces,
    document,
    document_count,
    documents_of,
    is_served,
    pieces_of,
)
from huiqi.foundation.documents.queries.offers import (
    BACK_MARK,
    Ticket,
    UploadOffer,
    offer_upload,
    read_ticket,
)

__all__ = [
    "BACK_MARK",
    "DamagedFileError",
    "Holder",
    "IssuedPage",
    "IssuedPdf",
    "KeptDocument",
    "NotServedError",
    "OwnIssued",
    "Pieces",
    "Ticket",
    "UploadOffer",
    "declare_holder",
    "document",
    "document_count",
    "documents_of",
    "is_on_a_shelf",
    "is_served",
    "issued_by",
    "issued_pdf",
    "offer_upload",
    "party_behind",
    "pieces_of",
    "read_ticket",
    "relations_to",
    "shelf_of",
    "verify_issued",
]
