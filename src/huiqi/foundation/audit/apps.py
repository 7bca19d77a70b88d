from typing import ClassVar

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "huiqi.foundation.audit"
    label = "audit"
    audit_looks: ClassVar = {
        "audit.see_looks": "看了谁看过",
        "audit.search": "查了审计记录",
        "audit.see_entry": "看了一条审计记录",
        "audit.export": "导出了审计记录",
    }
