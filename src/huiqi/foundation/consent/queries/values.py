"""A consent, a request for one, and the refusal where there is none, as others get them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import get_current_timezone

from huiqi.foundation.audit.actions import Party
from huiqi.foundation.consent.domain import (
    ASK_WORDS,
    DATA_CLASSES,
    PURPOSES,
    RELATIONS,
    STATE_WORDS,
    AskState,
    ConsentState,
    Signature,
    class_words,
)


def day_of(at: datetime) -> date:
    """The day of a moment, here."""
    return at.astimezone(get_current_timezone()).date()


@dataclass(frozen=True, slots=True)
class Consent:
    """``classes`` are ids; ``until_on`` is the last day, included, ``days_left`` from today to it;
    ``given_by`` is masked.
    """

    id: str
    subject: Party
    grantee: Party
    purpose: str
    classes: frozenset[str]
    from_at: datetime
    until_on: date
    given_by: str
    state: ConsentState
    days_left: int
    revoked_at: datetime | None = None

    @property
    def number(self) -> str:
        """By which people name it."""
        return self.id[:8].upper()

    @property
    def label(self) -> str:
        return PURPOSES[self.purpose].label

    @property
    def words(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def what(self) -> str:
        return class_words(self.classes)

    @property
    def is_live(self) -> bool:
        return self.state is ConsentState.LIVE

    @property
    def look_words(self) -> str:
        """What a look under it says beside who and what: 用途：申请贷款；凭授权 3F2A91C0."""
        return f"用途：{self.label}；凭授权 {self.number}"


@dataclass(frozen=True, slots=True)
class Document:
    """A consent with the text as it was shown, word for word. ``is_whole`` says that it is still what its
    digests say.
    """

    consent: Consent
    statement: str
    text_version: int
    sm3: str
    is_whole: bool
    signature: Signature


@dataclass(frozen=True, slots=True)
class Ask:
    """What another person was asked to agree to; ``phone`` is masked."""

    id: str
    asker: Party
    relation: str
    phone: str
    grantee: Party
    purpose: str
    classes: frozenset[str]
    until_on: date
    ends_at: datetime
    state: AskState

    @property
    def label(self) -> str:
        return PURPOSES[self.purpose].label

    @property
    def relation_words(self) -> str:
        return RELATIONS[self.relation]

    @property
    def words(self) -> str:
        return ASK_WORDS[self.state]

    @property
    def what(self) -> str:
        return class_words(self.classes)

    @property
    def is_waiting(self) -> bool:
        return self.state is AskState.WAITING


class ConsentMissingError(PermissionError):
    """A read nobody agreed to. The message is for whoever wanted to read; what is in it the subject sees."""

    def __init__(self, subject: Party, grantee: Party, purpose: str, data_class: str) -> None:
        self.subject, self.grantee = subject, grantee
        self.purpose, self.data_class = purpose, data_class
        super().__init__(
            f"{subject.name} 没有授权 {grantee.name} 为“{PURPOSES[purpose].label}”看"
            f"“{DATA_CLASSES[data_class].label}”信息，或者已经收回、到期。什么也没有给您看，这次记录对方看得到。"
            "要看，请对方在“我的授权”里授权以后再打开。"
        )

    @property
    def told(self) -> Mapping[str, object]:
        """For the log."""
        return {
            "用途": PURPOSES[self.purpose].label,
            "想看": DATA_CLASSES[self.data_class].label,
            "结果": "没有授权，没有给看",
        }
