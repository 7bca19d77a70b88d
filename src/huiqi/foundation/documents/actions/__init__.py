"""The door for writers: taking in files, scanning and removing them, and issuing PDFs."""

from huiqi.foundation.documents.actions.clamd import (
    Scanner,
    ScannerError,
    ScanVerdict,
    is_answering,
    scanner_at,
)
from huiqi.foundation.documents.actions.cleaning import CleanedUp, clean_up
from huiqi.foundation.documents.actions.issuing import (
    IssuedDocument,
    NotInForceError,
    NumberTakenError,
    Order,
    issue_pdf,
    revoke_pdf,
)
from huiqi.foundation.documents.actions.keeping import try_the_shelf
from huiqi.foundation.documents.actions.printing import NoChineseFontError, NoGlyphError
from huiqi.foundation.documents.actions.scanning import Scanned, scan_waiting
from huiqi.foundation.documents.actions.uploading import Sent, remove_document, upload_document
from huiqi.foundation.documents.domain import PrintContent, RefusedError, too_large

__all__ = [
    "CleanedUp",
    "IssuedDocument",
    "NoChineseFontError",
    "NoGlyphError",
    "NotInForceError",
    "NumberTakenError",
    "Order",
    "PrintContent",
    "RefusedError",
    "ScanVerdict",
    "Scanned",
    "Scanner",
    "ScannerError",
    "Sent",
    "clean_up",
    "is_answering",
    "issue_pdf",
    "remove_document",
    "revoke_pdf",
    "scan_waiting",
    "scanner_at",
    "too_large",
    "try_the_shelf",
    "upload_document",
]
