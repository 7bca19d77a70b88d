"""What a form needs to let somebody hand in files beside its other fields."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.documents.domain import ACCEPT, TAKEN, Holder

SALT = "huiqi.documents.ticket"
LONGEST_SECONDS = 24 * 3600
BACK_MARK = "back_from_upload"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to hand in files for one holder: for one person, for a day, and where to go back to."""

    actor_id: str
    holder: Holder
    back: str


@dataclass(frozen=True, slots=True)
class UploadOffer:
    """Where to send files to, and what is taken, said before anybody chooses one."""

    address: str
    form_key: str
    accept: str
    words: str
    most_files: int


def offer_upload(actor: Actor, holder: Holder, back: str) -> UploadOffer:
    """For the component ``c-upload``. The caller has seen to it that ``actor`` may hand in files here.

    ``back`` is the address of the form itself: it is sent the other fields again, with BACK_MARK, and shows
    itself with them as they were.
    """
    told = [actor.id, holder.kind, holder.id, holder.organisation_id, back]
    ticket = signing.dumps(told, salt=SALT, compress=True)
    files, megabytes = settings.HUIQI_UPLOAD_MOST_FILES, settings.HUIQI_UPLOAD_MOST_MB
    return UploadOffer(
        address=f"{reverse('documents:upload')}?{urlencode({'ticket': ticket})}",
        form_key=secrets.token_urlsafe(16),
        accept=ACCEPT,
        words=f"能上传 {TAKEN}；一次最多 {files} 份，每份不超过 {megabytes} MB。",
        most_files=files,
    )


def read_ticket(text: str, actor: Actor) -> Ticket | None:
    """The ticket, where we wrote it, for this person, within a day."""
    try:
        actor_id, kind, holder_id, organisation_id, back = signing.loads(
            text, salt=SALT, max_age=LONGEST_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if actor_id != actor.id:
        return None
    return Ticket(actor_id, Holder(kind, holder_id, organisation_id), back)
