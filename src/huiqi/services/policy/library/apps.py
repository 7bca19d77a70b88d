from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

if TYPE_CHECKING:
    from huiqi.foundation.cases.queries import CaseKind


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

    @property
    def case_kinds(self) -> tuple["CaseKind", ...]:
        """What visitors report as wrong is handled as cases."""
        from huiqi.services.policy.library.queries import MISTAKE_KIND  # noqa: PLC0415 - needs models

        return (MISTAKE_KIND,)
