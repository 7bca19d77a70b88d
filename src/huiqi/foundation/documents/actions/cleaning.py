"""Removing what nobody has any more: contents without a document, files without a row."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.documents.models import Content, Document, shelf
from huiqi.foundation.documents.queries.kept import unused_contents

REST = timedelta(days=1)  # longer than any upload that has laid its file and not yet written its row
_SITE = Actor("documents", "清理程序")


@dataclass(frozen=True, slots=True)
class CleanedUp:
    """How many contents, and how many files that belonged to no content, are gone."""

    contents: int
    files: int


def clean_up(now: datetime) -> CleanedUp:
    """Remove what was of no use for a day. May run beside uploads and beside itself, and be broken off."""
    places = [place for sha256 in unused_contents(now - REST) if (place := _forget(sha256, now))]
    for place in places:
        shelf().remove(place)
    files = 0
    for name in shelf().names(now - REST):
        if not Content.objects.filter(place=name).exists():
            shelf().remove(name)
            files += 1
    return CleanedUp(len(places), files)


def _forget(sha256: str, now: datetime) -> str:
    """The place of a forgotten content; empty where it is in use again.

    With its row goes its key: what a backup still holds of the file, nobody can read.
    """
    with transaction.atomic():
        content = Content.objects.select_for_update().filter(pk=sha256).first()
        if content is None or content.documents.filter(removed_at__isnull=True).exists():
            return ""
        Document.objects.filter(content=content).delete()
        content.delete()
        subject = Subject("document-content", sha256, f"{sha256[:12]}…")
        record(Entry(now, _SITE, "documents.clean_up", subject, before={"字节": content.size}))
    return content.place
