"""Handing in files as a person does, and reading back what is kept of them."""

import re
import tempfile
from contextlib import closing
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiqi.foundation.documents.actions import Sent, upload_document
from huiqi.foundation.documents.domain import KeptDocument
from huiqi.foundation.documents.queries import offer_upload, pieces_of, shelf_of
from tests.support.people import NOW, Someone


def hand_in(who: Someone, content: bytes, name: str = "证照.pdf", key: str = "k") -> KeptDocument:
    """Straight through the action."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return upload_document(Sent(name, file), shelf_of(who.actor), who.actor, key, 0, NOW)


def bytes_of(document: KeptDocument) -> bytes:
    """What is served of it."""
    with closing(pieces_of(document)) as pieces:
        return b"".join(pieces)


def post_files(client: Client, who: Someone, *files: tuple[str, bytes], **fields: Any) -> Any:
    """Through the web, from a form with other fields beside."""
    offer = offer_upload(who.actor, shelf_of(who.actor), "/documents/")
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(offer.address, {"upload_key": offer.form_key, **fields, "files": sent})


def fetch(client: Client, document_id: Any) -> Any:
    """Ask for the download, read to its end as a browser does; the bytes are ``answer.fetched``."""
    answer = client.get(f"/documents/{document_id}/download/")
    answer.fetched = b"".join(answer) if answer.streaming else answer.content
    return answer


def text_of(answer: Any) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
