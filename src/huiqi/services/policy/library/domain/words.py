"""The plain words for kinds, levels, amounts and sources, and whom an item may concern."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from huiqi.catalogue.items import BenefitType, Grade, ItemKind, Level

LEVELS: Mapping[Level, str] = {
    Level.NATIONAL: "国家",
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.BANK: "银行",
}
KINDS: Mapping[ItemKind, str] = {ItemKind.POLICY: "政策", ItemKind.LOAN_PRODUCT: "贷款产品"}
BENEFIT_TYPES: Mapping[BenefitType, str] = {
    BenefitType.TAX_CUT: "减税降费",
    BenefitType.SUBSIDY: "补贴",
    BenefitType.REWARD: "奖励",
    BenefitType.INTEREST_SUBSIDY: "贷款贴息",
    BenefitType.GUARANTEE: "担保",
    BenefitType.LOAN: "贷款",
    BenefitType.RECOGNITION: "资质认定",
    BenefitType.SERVICE: "服务便利",
}
BENEFIT_UNITS = {
    "one_off": "一次性",
    "per_year": "每年",
    "per_person": "每人",
    "per_person_month": "每人每月",
    "per_person_year": "每人每年",
    "per_event": "每次",
    "per_period": "每个申报期",
    "per_loan": "每笔贷款",
    "loan_principal": "贷款额度",
}
SOURCE_GRADES: Mapping[Grade, str] = {
    Grade.A: "政府网站上的原文",
    Grade.B: "银行网站或新闻报道",
    Grade.C: "别的网站转载，办理前请向发文机关核对",
}


class BenefitGroup(StrEnum):
    """The four doors of the home page."""

    TAX = "tax"
    MONEY = "money"
    LOAN = "loan"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class GroupWords:
    label: str
    icon: str
    types: frozenset[BenefitType]


BENEFIT_GROUPS: Mapping[BenefitGroup, GroupWords] = {
    BenefitGroup.TAX: GroupWords("减税降费", "receipt", frozenset({BenefitType.TAX_CUT})),
    BenefitGroup.MONEY: GroupWords("补贴奖励", "gift", frozenset({BenefitType.SUBSIDY, BenefitType.REWARD})),
    BenefitGroup.LOAN: GroupWords(
        "贷款贴息",
        "bank",
        frozenset({BenefitType.LOAN, BenefitType.INTEREST_SUBSIDY, BenefitType.GUARANTEE}),
    ),
    BenefitGroup.TITLE: GroupWords(
        "服务认定", "badge", frozenset({BenefitType.SERVICE, BenefitType.RECOGNITION})
    ),
}


class Audience(StrEnum):
    """Whom an item may concern, by the form on the licence."""

    INDIVIDUAL = "individual"
    FIRM = "firm"
    FARM = "farm"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class AudienceWords:
    label: str
    entity_types: tuple[str, ...]


AUDIENCES: Mapping[Audience, AudienceWords] = {
    Audience.INDIVIDUAL: AudienceWords("个体户", ("individual_business",)),
    Audience.FIRM: AudienceWords("公司和企业", ("company", "sole_proprietorship", "partnership")),
    Audience.FARM: AudienceWords("合作社、家庭农场", ("farmers_cooperative", "family_farm")),
    Audience.PERSON: AudienceWords("还没办执照的个人", ("natural_person",)),
}
