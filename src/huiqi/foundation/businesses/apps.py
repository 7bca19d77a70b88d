from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

from huiqi.foundation.businesses.domain.correcting import CORRECTION_DAYS

if TYPE_CHECKING:
    from huiqi.foundation.cases.queries import CaseKind


class BusinessesConfig(AppConfig):
    name = "huiqi.foundation.businesses"
    label = "businesses"
    verbose_name = "企业档案"
    audit_verbs: ClassVar = {
        "businesses.load_registrations": "载入了登记册",
        "businesses.bind": "绑定了企业",
        "businesses.open_without_code": "建了还没有执照的档案",
        "businesses.change_code": "改了统一社会信用代码",
        "businesses.declare": "在企业档案里填了信息",
        "businesses.dispute": "申请更正企业档案",
        "businesses.record_facts": "记入了企业信息",
        "businesses.erase": "删掉了自己填的信息",
    }
    # by support, who sees the site as an owner
    audit_looks: ClassVar = {"businesses.see": "看了企业档案"}
    notice_kinds: ClassVar = {
        "businesses.bind": {
            "words": "有人绑定了您的企业",
            "title": "又有人绑定了{name}",
            "body": "{who}凭核验绑定了“{name}”，能看到并填写企业档案。"
            "不认识这个人，请在“我的单位”里让他离开，并打服务电话。",
        },
    }
    parameters: ClassVar = {
        "businesses.precedence": {
            "kind": "choice",
            "default": "department_first",
            "choices": {"department_first": "部门数据优先", "latest_first": "日期新的优先"},
            "title": "几处说法不一样时用哪一个",
            "words": "企业档案里同一项信息，部门数据和自己填的不一样时，先用哪一个。另一个也一直看得到。",
            "source": "没有文件规定",
            "mark": "ours",
            "read_by": "企业档案、政策匹配",
            "is_public": True,
        },
        "businesses.year_days": {
            "kind": "days",
            "default": 400,
            "least": 30,
            "most": 1500,
            "title": "一年一变的信息能用多久",
            "words": "例如营业收入、员工人数。从信息的日期起过了这么多天，就当作不知道。",
            "source": "没有文件规定，按一年加一个月推断",
            "mark": "inferred",
            "read_by": "企业档案、政策匹配",
            "is_public": True,
        },
        "businesses.month_days": {
            "kind": "days",
            "default": 100,
            "least": 7,
            "most": 400,
            "title": "常变的信息能用多久",
            "words": "例如月销售额、参保人数。从信息的日期起过了这么多天，就当作不知道。",
            "source": "没有文件规定，按一个季度推断",
            "mark": "inferred",
            "read_by": "企业档案、政策匹配",
            "is_public": True,
        },
        "businesses.correction_days": {
            "kind": "working_days",
            "default": CORRECTION_DAYS,
            "least": 1,
            "most": 60,
            "title": "更正企业信息的答复时限",
            "words": "申请更正部门数据，最晚多少个工作日答复。已经在办的不受影响。",
            "source": "没有文件规定，参照我市“13710”制度一般事项 7 天",
            "mark": "ours",
            "read_by": "办件台的信息更正办件：到期日、催办",
            "is_public": True,
        },
        "businesses.proofs_an_hour": {
            "kind": "whole",
            "unit": "次",
            "default": 5,
            "least": 1,
            "most": 100,
            "title": "一个人一小时最多核验几次",
            "words": "绑定企业时核验没通过，可以再试的次数。",
            "source": "没有文件规定",
            "mark": "ours",
            "read_by": "绑定企业的页面",
        },
    }

    @property
    def case_kinds(self) -> tuple["CaseKind", ...]:
        """What owners dispute is handled as cases."""
        from huiqi.foundation.businesses.queries import CORRECTION_KIND  # noqa: PLC0415 - needs models

        return (CORRECTION_KIND,)
