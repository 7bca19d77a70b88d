"""What notices say, who is told how and when, and what a message is."""

from huiqi.foundation.notices.domain.kinds import (
    LONGEST_BODY,
    LONGEST_SMS,
    LONGEST_TITLE,
    NoticeError,
    NoticeKind,
    Words,
    read_notice_kind,
    words_of,
)
from huiqi.foundation.notices.domain.messages import (
    STATE_WORDS,
    Message,
    NotSentError,
    Post,
    Purpose,
    State,
    UncertainError,
)
from huiqi.foundation.notices.domain.planning import (
    CHANNEL_WORDS,
    HOURS_A_DAY,
    MAIL_WORDS,
    Channel,
    Choices,
    MailMode,
    QuietHours,
    Way,
    ways,
)

__all__ = [
    "CHANNEL_WORDS",
    "HOURS_A_DAY",
    "LONGEST_BODY",
    "LONGEST_SMS",
    "LONGEST_TITLE",
    "MAIL_WORDS",
    "STATE_WORDS",
    "Channel",
    "Choices",
    "MailMode",
    "Message",
    "NotSentError",
    "NoticeError",
    "NoticeKind",
    "Post",
    "Purpose",
    "QuietHours",
    "State",
    "UncertainError",
    "Way",
    "Words",
    "read_notice_kind",
    "ways",
    "words_of",
]
