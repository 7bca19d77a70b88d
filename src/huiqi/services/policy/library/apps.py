from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

from huiqi.services.policy.library.domain.handling import ANSWER_DAYS

if TYPE_CHECKING:
    from huiqi.foundation.cases.queries import CaseKind


# A step of how a late answer is chased: in working days from the last one.
_STEP: Mapping[str, object] = {
    "kind": "working_days",
    "least": 1,
    "most": 60,
    "source": "没有文件规定",
    "mark": "ours",
    "read_by": "报错办件的催办",
}


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
        "library.closing_soon_days": {
            "kind": "days",
            "default": 60,
            "least": 1,
            "most": 365,
            "title": "还剩多少天算“即将截止”",
            "words": "申报窗口还剩这么多天或更少的政策，标上“即将截止”，列在“快截止的”里。",
            "source": "没有文件规定",
            "mark": "ours",
            "read_by": "政策列表、政策页面、首页、快截止的",
            "is_public": True,
        },
        "library.answer_soon_days": {
            **_STEP,
            "default": 2,
            "least": 0,
            "title": "报错还剩多少个工作日要醒目提示",
            "words": "剩这么多个工作日或更少，办件上的“还剩几个工作日”换成醒目的颜色。已经在计时的不受影响。",
            "read_by": "报错办件页面上的时限",
        },
        "library.reminded_before": {
            **_STEP,
            "default": 1,
            "title": "报错到期前多少个工作日提醒经办人",
            "words": "到期前这么多个工作日，提醒经办人一次。已经在计时的不受影响。",
        },
        "library.head_told_after": {
            **_STEP,
            "default": 1,
            "title": "报错超期多少个工作日报部门负责人",
            "words": "过了到期日这么多个工作日还没有答复，告诉部门负责人。已经在计时的不受影响。",
        },
        "library.above_told_after": {
            **_STEP,
            "default": 3,
            "title": "报错超期多少个工作日报上级单位",
            "words": "过了到期日这么多个工作日还没有答复，告诉上级单位，不会早于报部门负责人。"
            "已经在计时的不受影响。",
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
