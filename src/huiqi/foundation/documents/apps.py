from typing import ClassVar

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "huiqi.foundation.documents"
    label = "documents"
    verbose_name = "材料"
    audit_verbs: ClassVar = {
        "documents.upload": "上传了材料",
        "documents.scan": "查了毒",
        "documents.remove": "删了材料",
        "documents.clean_up": "清理了没有人用的文件",
        "documents.issue_pdf": "出具了文件",
        "documents.revoke_pdf": "撤销了文件",
    }
    audit_looks: ClassVar = {"documents.see": "看了材料清单", "documents.download": "下载了材料"}
    # All of them act on files or on the scanner, which no transaction takes back: each writes its own.
    outbox_kinds: ClassVar = {
        "documents.scan": {
            "handler": "huiqi.foundation.documents.tasks.scan",
            "words": "给上传的材料查毒",
            "is_outside": True,
            "max_attempts": 12,
            "longest_backoff_seconds": 3600,
            "lease_seconds": 300,
        },
        "documents.scan_rest": {
            "handler": "huiqi.foundation.documents.tasks.scan_rest",
            "words": "给还没查毒的材料查毒",
            "is_outside": True,
            "max_attempts": 3,  # the next hour's comes anyway; a lost worker is no reason to give one up
            "lease_seconds": 1800,
            "every_seconds": 3600,
        },
        "documents.tidy": {
            "handler": "huiqi.foundation.documents.tasks.tidy",
            "words": "清理没有人用的材料文件",
            "is_outside": True,
            "lease_seconds": 1800,
            "every_seconds": 24 * 3600,
            "offset_seconds": 3 * 3600 + 1200,
        },
    }
