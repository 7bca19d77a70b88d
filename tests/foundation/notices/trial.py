"""Kinds of notices for the tests, people who get them, and a post that remembers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Party
from huiqi.foundation.notices.actions import notify
from huiqi.foundation.notices.domain import Message, NotSentError, UncertainError
from huiqi.foundation.notices.models import Outgoing, Preference
from huiqi.foundation.notices.tasks import deliver, digest, forget
from huiqi.foundation.outbox.actions import run_next

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = NOW.replace(hour=23, minute=30)
MORNING = datetime(2026, 11, 25, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR = timedelta(hours=1)
OFFICER = Actor("p-7", "王某", Party("dept-1", "市政务和大数据局"))
WORDS = {"case": "焦-2026-0012", "day": "12月1日（周二）"}
KINDS = {
    "trial.progress": {
        "words": "办件有进展",
        "title": "办件{case}有进展",
        "body": "您的办件{case}已受理，预计{day}前办完。",
        "sms": "您的办件{case}已受理，详情请登录焦个企惠查看。",
        "switched_off_by": ("everyone",),
    },
    "trial.due": {
        "words": "有材料要补",
        "title": "请补材料：{case}",
        "body": "您的办件{case}要补材料，请在{day}前补齐。",
        "sms": "您的办件{case}要补材料，请在{day}前登录焦个企惠补齐。",
    },
    "trial.urgent": {
        "words": "急事",
        "title": "今天截止：{case}",
        "body": "您的办件{case}今天截止。",
        "sms": "您的办件{case}今天截止，请尽快登录焦个企惠办理。",
        "is_urgent": True,
    },
    "trial.news": {
        "words": "政策提醒",
        "title": "有一项新政策",
        "body": "有一项新政策可能适合您。",
        "switched_off_by": ("owner",),
    },
}
HANDLERS = {"notices.deliver": deliver, "notices.digest": digest, "notices.forget": forget}


class KeptPost:
    """Keeps what it was handed, revealed as an adapter would; fails as often as it is told to."""

    def __init__(self, *, is_repeatable: bool = False) -> None:
        self.is_repeatable = is_repeatable
        self.sent: list[tuple[str, str, str, str]] = []
        self.failures: list[Exception] = []

    def send(self, message: Message) -> None:
        if self.failures:
            raise self.failures.pop(0)
        if self.is_repeatable and any(message.key == key for *_, key in self.sent):
            return
        self.sent.append((message.to.reveal(), message.title, message.text, message.key))

    @property
    def told(self) -> list[str]:
        """Whom it sent something, in order."""
        return [to for to, *_ in self.sent]


def not_sent() -> NotSentError:
    return NotSentError("网关忙")


def uncertain() -> UncertainError:
    return UncertainError


def told(kind: str, key: str, *people: object, now: datetime = NOW, link: str = "") -> str:
    """Tell people in a transaction of its own; the id of the notice."""
    with transaction.atomic():
        return notify(kind, key, [str(each.pk) for each in people], WORDS, now, OFFICER, link=link)


def work(now: datetime) -> int:
    """Do every job that is due; how many that were."""
    done = 0
    while run_next(HANDLERS, lambda: now):
        done += 1
    return done


def states() -> list[tuple[str, str, str]]:
    return list(Outgoing.objects.order_by("id").values_list("purpose", "channel", "state"))


def with_mail(person: object, mode: str = "each", address: str = "zhang@example.com", **more: object) -> None:
    """Somebody with a confirmed address."""
    Preference.objects.create(person=person, mail=address, mail_confirmed_at=NOW, mail_mode=mode, **more)
