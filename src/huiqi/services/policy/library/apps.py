from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

from huiqi.services.policy.library.domain.handling import ANSWER_DAYS

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
    parameters: ClassVar = {
        "library.answer_days": {
            "kind": "working_days",
            "default": ANSWER_DAYS,
            "least": 1,
            "most": 60,
            "title": "报错的答复时限",
            "words": "有人报告政策写错了，最晚多少个工作日答复。已经在办的不受影响。",
            "source": "没有文件规定，参照我市“13710”制度一般事项 7 天",
            "mark": "ours",
            "read_by": "办件台的报错办件：到期日、催办",
            "is_public": True,
        },
        "library.contact_days": {
            "kind": "days",
            "default": 180,
            "least": 1,
            "most": 1095,
            "title": "报错人的联系方式保存多久",
            "words": "报错时留下的电话或邮箱，过了这么多天就删掉。以前留的，按留的那天的数。",
            "source": "没有文件规定具体天数；个人信息保护法第十九条要求保存最短的必要时间",
            "mark": "ours",
            "read_by": "报错页面上的说明、到期清除",
            "is_public": True,
        },
        "library.reports_an_hour": {
            "kind": "whole",
            "unit": "次",
            "default": 5,
            "least": 1,
            "most": 1000,
            "title": "一个人一小时最多报错几次",
            "words": "超过的请过一会儿再报，防止有人刷屏。",
            "source": "没有文件规定",
            "mark": "ours",
            "read_by": "报错页面",
        },
    }

    @property
    def case_kinds(self) -> tuple["CaseKind", ...]:
        """What visitors report as wrong is handled as cases."""
        from huiqi.services.policy.library.queries import MISTAKE_KIND  # noqa: PLC0415 - needs models

        return (MISTAKE_KIND,)
