"""The door for writers: telling people, taking it back, sending, and what people choose for themselves."""

from huiqi.foundation.notices.actions.announcing import (
    KIND,
    AnnounceError,
    ChangedError,
    Shown,
    announce,
    withdraw_announced,
)
from huiqi.foundation.notices.actions.choosing import (
    ChoiceError,
    Chosen,
    choose,
    confirm_mail,
    forget_mail_of_those_who_left,
    set_mail,
)
from huiqi.foundation.notices.actions.digesting import make_digests
from huiqi.foundation.notices.actions.notifying import notify
from huiqi.foundation.notices.actions.reading import mark_read
from huiqi.foundation.notices.actions.sending import deliver
from huiqi.foundation.notices.actions.texting import send_text
from huiqi.foundation.notices.actions.withdrawing import WithdrawnError, withdraw
from huiqi.foundation.notices.domain import NoticeError

__all__ = [
    "KIND",
    "AnnounceError",
    "ChangedError",
    "ChoiceError",
    "Chosen",
    "NoticeError",
    "Shown",
    "WithdrawnError",
    "announce",
    "choose",
    "confirm_mail",
    "deliver",
    "forget_mail_of_those_who_left",
    "make_digests",
    "mark_read",
    "notify",
    "send_text",
    "set_mail",
    "withdraw",
    "withdraw_announced",
]
