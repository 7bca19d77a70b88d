"""A short message to a number that is no longer anybody's here. Called by a job, outside a transaction."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from huiqi.foundation.notices.domain import Channel, Message, NotSentError, Post, UncertainError
from huiqi.foundation.outbox.actions import NotYetError
from huiqi.foundation.storage.fields import Sealed


def send_text(to: Sealed, words: str, posts: Mapping[str, Post], key: str, now: datetime) -> None:
    """Hand the words over; nothing where the site sends no short messages. NotYetError where they did not
    leave and may be sent again; what perhaps left is not sent again.
    """
    post = posts.get(Channel.SMS)
    if post is None:
        return
    try:
        with suppress(UncertainError):
            post.send(Message(to, "", words, key, now))
    except NotSentError as failure:
        raise NotYetError(str(failure)) from failure
