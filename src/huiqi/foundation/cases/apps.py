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
