"""Who is told how and when: what a person chose, what is offered, and the night."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from huiqi.foundation.notices.domain.kinds import NoticeKind

HOURS_A_DAY = 24


class Channel(StrEnum):
    """A way out of the site."""

    SMS = "sms"
    MAIL = "mail"


class MailMode(StrEnum):
    """How often somebody wants mail."""

    OFF = "off"
    EACH = "each"
    DAILY = "daily"


CHANNEL_WORDS = {Channel.SMS: "短信", Channel.MAIL: "邮件"}
MAIL_WORDS = {MailMode.OFF: "不发邮件", MailMode.EACH: "每条都发", MailMode.DAILY: "每天早上合成一封"}


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one full hour until another, over midnight where the first is later; equal ones for none."""

    from_hour: int
    until_hour: int

    def end_after(self, moment: datetime) -> datetime:
        """When what comes at ``moment``, in the city's time, may go out: at once, or when they are over."""
        start, hour = self.from_hour, moment.hour
        length = (self.until_hour - start) % HOURS_A_DAY
        since = (hour - start) % HOURS_A_DAY
        if since >= length:
            return moment
        full_hour = moment.replace(minute=0, second=0, microsecond=0)
        return full_hour + timedelta(hours=length - since)


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose; ``has_mail`` says that their address was confirmed."""

    quiet: QuietHours
    is_sms_wanted: bool = True
    mail_mode: MailMode = MailMode.OFF
    has_mail: bool = False
    muted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """One way by which somebody will be told, and when; ``is_in_digest`` with the next daily mail."""

    channel: Channel
    due_at: datetime
    is_in_digest: bool = False


def ways(kind: NoticeKind, choices: Choices, offered: Set[Channel], now: datetime) -> tuple[Way, ...]:
    """How somebody is told outside the site; in it they are told always and at once."""
    if kind.name in choices.muted and kind.switched_off_by:
        return ()
    due_at = now if kind.is_urgent else choices.quiet.end_after(now)
    found = []
    if kind.sms and Channel.SMS in offered and (choices.is_sms_wanted or not kind.switched_off_by):
        found.append(Way(Channel.SMS, due_at))
    is_mailed = kind.goes_by_mail and choices.has_mail and choices.mail_mode is not MailMode.OFF
    if is_mailed and Channel.MAIL in offered:
        is_in_digest = choices.mail_mode is MailMode.DAILY and not kind.is_urgent
        found.append(Way(Channel.MAIL, due_at, is_in_digest))
    return tuple(found)
