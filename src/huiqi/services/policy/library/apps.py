from typing import ClassVar

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "huiqi.services.policy.library"
    label = "library"
    verbose_name = "政策库"
    audit_verbs: ClassVar = {
        "library.load_seed": "载入了政策库",
        "library.record_checks": "记下与原文核对过",
        "library.report_mistake": "报了一处错",
        "library.forget_contacts": "删了到期的联系方式",
    }
