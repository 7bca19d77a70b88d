"""A room of the tests, with kinds of jobs declared as a room declares its own."""

from pathlib import Path
from typing import ClassVar

from django.apps import AppConfig


class TrialKinds(AppConfig):
    name = "tests.foundation.outbox"
    label = "trial"
    path = str(Path(__file__).parent)
    audit_verbs: ClassVar = {"trial.note": "试做了一项任务"}
    outbox_kinds: ClassVar = {
        "trial.note": {"handler": "tests.foundation.outbox.kinds.note", "words": "试记一笔"},
        "trial.line": {
            "handler": "tests.foundation.outbox.kinds.note",
            "words": "按顺序试记一笔",
            "is_in_order": True,
            "max_attempts": 2,
        },
        "trial.send": {
            "handler": "tests.foundation.outbox.kinds.send",
            "words": "试发一条",
            "is_outside": True,
            "max_attempts": 3,
            "backoff_seconds": 10,
            "longest_backoff_seconds": 15,
        },
        "trial.hourly": {
            "handler": "tests.foundation.outbox.kinds.note",
            "words": "每小时试一次",
            "every_seconds": 3600,
        },
    }
