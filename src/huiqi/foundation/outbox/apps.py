from typing import ClassVar

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "huiqi.foundation.outbox"
    label = "outbox"
    verbose_name = "后台任务"
    audit_verbs: ClassVar = {
        "outbox.retry": "让没做成的后台任务再做一次",
        "outbox.drop": "放弃了一项后台任务",
    }
    outbox_kinds: ClassVar = {
        "outbox.tidy": {
            "handler": "huiqi.foundation.outbox.tasks.tidy",
            "words": "清理早已做完的后台任务",
            "every_seconds": 24 * 3600,
            "offset_seconds": 3 * 3600 + 600,
        },
    }
