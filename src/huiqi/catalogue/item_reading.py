"""Reads one item and its worked cases from plain data, the shape of ``items/<region>/<id>.yaml``."""

from __future__ import annotations

import re
from datetime import date

from huiqi.catalogue.amount_reading import read_amount
from huiqi.catalogue.amounts import Amount
from huiqi.catalogue.fields import FaultList, Fields
from huiqi.catalogue.items import (
    EVERY_INDUSTRY,
    Benefit,
    BenefitType,
    Confidence,
    Delivery,
    Grade,
    Item,
    ItemKind,
    Level,
    LoanTerms,
    Source,
    SourceKind,
    Tier,
    WorkedCase,
)
from huiqi.core.money import amounts
from huiqi.core.rules.conditions import Condition, Leaf, Op, leaves_of, parse_condition
from huiqi.core.rules.evaluation import Verdict
from huiqi.core.rules.facts import CodeSystem, FactDictionary
from huiqi.core.rules.faults import faults_of
from huiqi.core.rules.rule import Window

ITEM_KEYS = frozenset({
    "id", "kind", "title", "doc_no", "issuer", "level", "region_code", "industry_scope", "published",
    "effective_from", "effective_to", "benefit", "delivery", "summary", "conditions_text", "conditions",
    "materials", "channel", "deadline", "source",
})  # fmt: skip
OPTIONAL_ITEM_KEYS = frozenset({"office", "phone", "manual_checks", "loan", "superseded_by", "note"})
BENEFIT_KEYS = frozenset({"type", "amount_cny_max", "rate", "formula", "unit"})
LOAN_KEYS = frozenset({"bank", "max_amount_cny", "term_months_max", "rate_min", "rate_max", "guarantee"})
SOURCE_KEYS = frozenset({"url", "kind", "grade", "confidence"})
CASE_KEYS = frozenset({"id", "as_of", "facts", "expected", "reason"})

_ITEM_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\Z")
_PHONE = re.compile(r"\d{5}|\d{3,4}-\d{7,8}(-\d{1,6})?|400-\d{3}-\d{4}|1\d{10}")
_WEB_ADDRESS = re.compile(r"https?://[^\s]+\Z")
_NOTHING: Condition = Leaf(
    "", Op.EXISTS, value=True
)  # stands in for a faulty tree until the faults are raised


def parse_item(raw: object, dictionary: FactDictionary, file: str = "") -> Item:
    """Read one item from plain data; raises CatalogueError with every fault found. Cases are read apart."""
    faults = FaultList(file)
    fields = Fields(raw, "", faults, required=ITEM_KEYS, optional=OPTIONAL_ITEM_KEYS | {"cases"})
    item = _item(fields, dictionary)
    if not faults.problems:
        _check_whole(item, faults)
    faults.raise_any()
    return item


def _item(fields: Fields, dictionary: FactDictionary) -> Item:
    return Item(
        id=_item_id(fields),
        kind=fields.member("kind", ItemKind),
        title=fields.text("title"),
        doc_no=fields.optional_text("doc_no"),
        issuer=fields.text("issuer"),
        level=fields.member("level", Level),
        region_code=_region(fields),
        industry_scope=_industries(fields),
        published_on=fields.day("published"),
        window=_window(fields),
        benefit=_benefit(fields, dictionary),
        delivery=fields.member("delivery", Delivery),
        summary=fields.text("summary"),
        conditions_text=_sentences(fields),
        condition=_condition(fields, "conditions", dictionary),
        manual_checks=fields.texts("manual_checks"),
        materials=fields.texts("materials"),
        channel=fields.text("channel"),
        deadline=fields.optional_text("deadline"),
        loan=_loan(fields),
        note=fields.optional_text("note"),
        source=_source(fields),
        office=fields.optional_text("office"),
        phone=_phone(fields),
        superseded_by=fields.optional_text("superseded_by"),
    )


def _condition(fields: Fields, key: str, dictionary: FactDictionary) -> Condition:
    if not fields.is_written(key):
        return _NOTHING
    faults = faults_of(fields.raw(key), dictionary, fields.at(key))
    for fault in faults:
        fields.faults.add(fault.path, fault.message)
    return _NOTHING if faults else parse_condition(fields.raw(key), dictionary, fields.at(key))


def _item_id(fields: Fields) -> str:
    item_id = fields.text("id")
    if item_id and not _ITEM_ID.match(item_id):
        fields.faults.add("id", "编号只能用小写字母、数字、- 和 _，最长 80 个字符")
    return item_id


def _phone(fields: Fields) -> str | None:
    phone = fields.optional_text("phone")
    if phone and not _PHONE.fullmatch(phone):
        fields.faults.add("phone", "电话只写一个，写成 '0391-1234567'、'400-123-4567'、'12345' 的样子")
    return phone


def _region(fields: Fields) -> str:
    code = fields.text("region_code")
    if code and not CodeSystem.REGION.pattern.fullmatch(code):
        fields.faults.add("region_code", f"“{code}”不是区划代码。{CodeSystem.REGION.advice}")
    return code


def _industries(fields: Fields) -> tuple[str, ...]:
    codes = fields.texts("industry_scope")
    for number, code in enumerate(codes):
        if code != EVERY_INDUSTRY and not CodeSystem.INDUSTRY.pattern.fullmatch(code):
            fields.faults.add(
                f"industry_scope[{number}]",
                f"“{code}”不是行业代码。{CodeSystem.INDUSTRY.advice}；不限行业写 '*'",
            )
    return codes


def _sentences(fields: Fields) -> tuple[str, ...]:
    sentences = fields.texts("conditions_text")
    if not sentences and fields.has("conditions_text"):
        fields.faults.add("conditions_text", "请至少写一句条件，给人看的")
    return sentences


def _window(fields: Fields) -> Window:
    window = Window(fields.day("effective_from"), fields.day("effective_to"))
    if window.opens_on and window.closes_on and window.opens_on > window.closes_on:
        fields.faults.add("effective_to", "结束日期早于开始日期。请核对")
    return window


def _benefit(fields: Fields, dictionary: FactDictionary) -> Benefit:
    optional = frozenset({"tiers", "amount"})
    part = Fields(fields.raw("benefit"), "benefit", fields.faults, required=BENEFIT_KEYS, optional=optional)
    tiers = tuple(_tier(raw, path, part, dictionary) for path, raw in part.mappings("tiers"))
    return Benefit(
        type=part.member("type", BenefitType),
        amount_cny_max=part.whole("amount_cny_max", minimum=1),
        rate=part.fraction("rate"),
        formula=part.text("formula"),
        unit=part.text("unit"),
        tiers=tiers,
        amount=_amount(part, tiers, dictionary),
    )


def _amount(benefit: Fields, tiers: tuple[Tier, ...], dictionary: FactDictionary) -> Amount | None:
    if not benefit.has("amount"):
        return None
    steps = [amounts.Tier(tier.when, tier.amount_cny) for tier in tiers]
    return read_amount(benefit.raw("amount"), benefit.at("amount"), benefit, steps, dictionary)


def _tier(raw: object, path: str, benefit: Fields, dictionary: FactDictionary) -> Tier:
    fields = Fields(raw, path, benefit.faults, required=frozenset({"when", "amount_cny"}))
    return Tier(_condition(fields, "when", dictionary), fields.whole("amount_cny", minimum=0) or 0)


def _loan(fields: Fields) -> LoanTerms | None:
    if not fields.has("loan"):
        if fields.raw("kind") == ItemKind.LOAN_PRODUCT:
            fields.faults.add("loan", "贷款产品要写明 loan（银行、额度、期限、利率、担保）")
        return None
    part = Fields(fields.raw("loan"), "loan", fields.faults, required=LOAN_KEYS)
    terms = LoanTerms(
        bank=part.text("bank"),
        max_amount_cny=part.whole("max_amount_cny", minimum=1),
        term_months_max=part.whole("term_months_max", minimum=1),
        rate_min=part.fraction("rate_min"),
        rate_max=part.fraction("rate_max"),
        guarantee=part.texts("guarantee"),
    )
    if terms.rate_min and terms.rate_max and terms.rate_min > terms.rate_max:
        part.faults.add("loan/rate_max", "最高利率低于最低利率。请核对")
    return terms


def _source(fields: Fields) -> Source:
    part = Fields(fields.raw("source"), "source", fields.faults, required=SOURCE_KEYS)
    url = part.text("url")
    if url and not _WEB_ADDRESS.match(url):
        part.faults.add("source/url", "请写 http:// 或 https:// 开头的完整网址，中间没有空格")
    return Source(
        url=url,
        kind=part.member("kind", SourceKind),
        grade=part.member("grade", Grade),
        confidence=part.member("confidence", Confidence),
    )


def _check_whole(item: Item, faults: FaultList) -> None:
    for leaf in leaves_of(item.condition):
        if leaf.clause is not None and leaf.clause > len(item.conditions_text):
            faults.add(
                "conditions",
                f"“{leaf.fact}”那一条写着 clause: {leaf.clause}，"
                f"而 conditions_text 只有 {len(item.conditions_text)} 句。请改正序号",
            )


def parse_case(
    raw: object, dictionary: FactDictionary, item_id: str, file: str = "", path: str = ""
) -> WorkedCase:
    """Read one worked case of an item; raises CatalogueError with every fault found."""
    faults = FaultList(file)
    fields = Fields(raw, path, faults, required=CASE_KEYS)
    as_of = fields.day("as_of")
    case = WorkedCase(
        id=fields.text("id"),
        item_id=item_id,
        as_of=as_of or date.min,
        facts=fields.rule_part("facts", dictionary.parse_facts, {}),
        expected=fields.member("expected", Verdict),
        reason=fields.text("reason"),
    )
    if as_of is None and not faults.problems:
        faults.add(fields.at("as_of"), "请写明按哪一天判断")
    faults.raise_any()
    return case
