from typing import ClassVar

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "huiqi.foundation.cases"
    label = "cases"
    verbose_name = "办件"
    audit_verbs: ClassVar = {
        "cases.open": "立了一件",
        "cases.advance": "办了一步",
        "cases.pause": "暂停了计时",
        "cases.resume": "恢复了计时",
        "cases.transfer": "转交了办件",
        "cases.note": "记了一条",
        "cases.hand_over": "移交了办件",
        "cases.escalate": "催办了一件",
        "cases.recompute": "重新计算了到期日",
    }
    audit_looks: ClassVar = {"cases.see": "看了办件"}
    # Each commits case by case and may run as often as it likes, so neither holds one long transaction.
    outbox_kinds: ClassVar = {
        "cases.escalate": {
            "handler": "huiqi.foundation.cases.tasks.escalate",
            "words": "到期前后催办",
            "is_outside": True,
            "lease_seconds": 1800,
            "every_seconds": 24 * 3600,
            "offset_seconds": 8 * 3600,
        },
        "cases.recompute": {
            "handler": "huiqi.foundation.cases.tasks.recompute",
            "words": "按公布的放假安排重新计算到期日",
            "is_outside": True,
            "lease_seconds": 1800,
            "every_seconds": 24 * 3600,
            "offset_seconds": 3600,
        },
    }
    notice_kinds: ClassVar = {
        "cases.escalate": {
            "words": "办件快到期或已超期",
            "title": "催办：{number}",
            "body": "{place}的办件“{title}”，到期日是 {day}。{rise}。请打开看一看，接着办。",
        },
        "cases.transfer": {
            "words": "办件转交给您",
            "title": "转交给您一件：{number}",
            "body": "“{title}”转交给您了，到期日是 {day}。为什么转交，写在经过里。",
        },
        "cases.hand_over": {
            "words": "同事的办件移交给您",
            "title": "移交给您 {count} 件",
            "body": "{leaver}的 {count} 件在办的，全部移交给您了，期限照旧。",
        },
        "cases.answer": {
            "words": "您的办件有了答复",
            "title": "您的办件有了答复：{number}",
            "body": "“{title}”，{place}的答复是：{state}。说明写在经过里，觉得不对可以请他们再看。",
        },
    }

    def ready(self) -> None:
        from huiqi.foundation.accounts.actions import OpenWork, register_open_work  # noqa: PLC0415 - models
        from huiqi.foundation.cases.queries import open_count  # noqa: PLC0415
        from huiqi.foundation.cases.queries.parties import people_with_open_cases  # noqa: PLC0415
        from huiqi.foundation.cases.tasks import take_over  # noqa: PLC0415
        from huiqi.foundation.notices.queries import Audience, register_audience  # noqa: PLC0415

        register_open_work(OpenWork("办件", open_count, take_over))
        label = "在本单位有在办件的人和单位"
        register_audience(Audience("parties", label, "organisation", people_with_open_cases))
