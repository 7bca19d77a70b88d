"""Putting bytes on the shelf, encrypted, and the row that tells what they are."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from django.conf import settings

from huiqi.foundation.documents.domain import ScanState, new_key, sealed
from huiqi.foundation.documents.models import Content, shelf

_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Laid:
    """Bytes that lie on the shelf and are known to no row yet."""

    sha256: str
    sm3: str
    size: int
    place: str
    key: str


@contextmanager
def laid_on_the_shelf(content: BinaryIO) -> Iterator[Laid]:
    """Encrypt onto the shelf for a row that is written inside; where none comes to stand, nothing stays.

    The row is written by `content_row`, in the transaction of what it belongs to.
    """
    laid = _lay(content)
    try:
        yield laid
    finally:
        if not Content.objects.filter(place=laid.place).exists():
            shelf().remove(laid.place)


def content_row(laid: Laid, kind: str, now: datetime, *, is_own: bool = False) -> Content:
    """The row of these bytes; the same bytes kept before have their row and their file already.
    Locked, so that no clean-up takes it away meanwhile; a transaction is open.
    """
    state = ScanState.WAITING if settings.HUIQI_CLAMD else ScanState.UNSCANNED
    row, _ = Content.objects.select_for_update().get_or_create(
        sha256=laid.sha256,
        defaults={
            "sm3": laid.sm3,
            "size": laid.size,
            "kind": kind,
            "place": laid.place,
            "key": laid.key,
            "state": ScanState.CLEAN if is_own else state,
            "kept_at": now,
            "is_own": is_own,
        },
    )
    return row


def try_the_shelf() -> None:
    """Put something down, read it back and take it away, as every upload does; OSError where it cannot be.
    What a killed try leaves behind goes with the next clean-up: no row knows it.
    """
    words = token_hex(32).encode()
    place = f"{hashlib.sha256(words).hexdigest()}-{token_hex(8)}"
    try:
        shelf().put(place, [words])
        with shelf().open(place) as file:
            if file.read() != words:
                raise OSError("the shelf gave back something else")
    finally:
        shelf().remove(place)


def _lay(content: BinaryIO) -> Laid:
    sha256, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
    content.seek(0)
    while piece := content.read(_PIECE):
        sha256.update(piece)
        sm3.update(piece)
        size += len(piece)
    content.seek(0)
    place = f"{sha256.hexdigest()}-{token_hex(8)}"
    key = new_key("sm4" if settings.HUIQI_CIPHER.startswith("sm4") else "aes")
    shelf().put(place, sealed(iter(lambda: content.read(_PIECE), b""), key))
    return Laid(sha256.hexdigest(), sm3.finalize().hex(), size, place, key)
