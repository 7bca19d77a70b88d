"""What data may be asked for, by the classes of the information directory, and for what it may be used.

国办发〔2021〕52号 names the classes of the directory; which of them need consent, and which a purpose may ask
for, no text at hand says: both are our reading, on the careful side.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataClass:
    """One class of the directory; ``hint`` says in plain words what is in it."""

    id: str
    label: str
    hint: str
    needs_consent: bool = True


@dataclass(frozen=True, slots=True)
class Purpose:
    """What data is used for. ``grantees`` are the kinds of organisation it can be given to, and ``classes``
    all that may be asked for it; ``of_people`` is what of them a spouse or guarantor may be asked for.
    """

    id: str
    label: str
    hint: str
    grantees: frozenset[str]
    classes: tuple[str, ...]
    of_people: tuple[str, ...] = ()


DATA_CLASSES: Mapping[str, DataClass] = {
    each.id: each
    for each in (
        DataClass("01", "登记注册", "执照、股东、年报、经营异常", needs_consent=False),
        DataClass("02", "纳税", "纳税等级、各税种交了多少、申报销售额、欠税"),
        DataClass("03", "社保", "参保人数、缴费基数、欠费"),
        DataClass("04", "公积金", "缴存人数、金额、欠缴"),
        DataClass("05", "水电气", "每月用量、费用、欠费"),
        DataClass("06", "不动产", "房屋土地、抵押、查封"),
        DataClass("07", "司法", "案件、执行、失信"),
        DataClass("08", "行政管理", "许可、处罚、检查", needs_consent=False),
        DataClass("09", "信用名单", "严重失信名单、修复记录", needs_consent=False),
        DataClass("10", "科技研发", "高新技术企业、研发投入、技术合同"),
        DataClass("11", "知识产权", "专利、商标、质押", needs_consent=False),
        DataClass("12", "进出口", "海关等级、进出口额"),
        DataClass("13", "生态环境", "环保信用、许可、处罚", needs_consent=False),
        DataClass("14", "农业", "承包地、补贴、农业保险"),
        DataClass("15", "政府采购和公共资源", "中标、合同、付款", needs_consent=False),
        DataClass("16", "资产和金融", "抵押、担保、资金流水、征信"),
        DataClass("17", "荣誉和政策支持", "奖励、领过的补贴", needs_consent=False),
    )
}
_LENDERS = frozenset({"bank", "guarantor"})
_OF_A_LOAN = ("02", "03", "04", "05", "06", "07", "10", "12", "14")
_ENQUIRED = ("16",)

PURPOSES: Mapping[str, Purpose] = {
    each.id: each
    for each in (
        Purpose(
            "pre_loan",
            "申请贷款",
            "银行、担保机构看了，决定贷不贷、贷多少",
            _LENDERS,
            _OF_A_LOAN,
            ("04", "06", "07"),
        ),
        Purpose(
            "post_loan", "贷后管理", "已经贷了款，银行、担保机构看经营情况有没有变化", _LENDERS, _OF_A_LOAN
        ),
        Purpose(
            "credit_enquiry",
            "查询征信",
            "银行、担保机构查征信报告。要单独授权，不和别的放在一起",
            _LENDERS,
            _ENQUIRED,
            _ENQUIRED,
        ),
        Purpose(
            "policy_match",
            "找能享受的政策",
            "部门看了，告诉您能享受什么，帮您办",
            frozenset({"department", "township"}),
            ("02", "03", "04", "05", "10", "12", "14"),
        ),
        Purpose(
            "coaching",
            "成长辅导",
            "辅导您的服务机构看了，给您出主意",
            frozenset({"provider"}),
            ("02", "03", "05"),
        ),
    )
}
RELATIONS: Mapping[str, str] = {"spouse": "配偶", "guarantor": "担保人"}


def class_words(classes: tuple[str, ...] | frozenset[str]) -> str:
    """Classes as they are said: 纳税、社保."""
    return "、".join(DATA_CLASSES[each].label for each in sorted(classes))
