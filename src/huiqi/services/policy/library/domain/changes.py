"""What changed from one revision of an item to the next, field by field, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from huiqi.catalogue.items import EVERY_INDUSTRY, Benefit, Item, LoanTerms, Tier
from huiqi.core.rules.conditions import All, AnyOf, Condition, Leaf, Not
from huiqi.core.rules.facts import CodeSystem, FactDictionary
from huiqi.core.rules.wording import CodeName, date_text, leaf_text, money_text, number_text
from huiqi.services.policy.library.domain.words import (
    BENEFIT_TYPES,
    BENEFIT_UNITS,
    KINDS,
    LEVELS,
    SOURCE_GRADES,
)

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed. Of a list only the lines that went and those that came are told; where both
    are empty the same lines stand in another order.
    """

    label: str
    before: Lines
    after: Lines
    is_list: bool


@dataclass(frozen=True, slots=True)
class _Field:
    label: str
    lines: Callable[[Item], Lines]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Whatever it takes to say a condition: the dictionary, and the names of regions and trades."""

    dictionary: FactDictionary
    code_name: CodeName

    def sentences(self, condition: Condition) -> Lines:
        """A tree as sentences, one for each part that must hold by itself."""
        if isinstance(condition, All):
            return tuple(line for child in condition.children for line in self.sentences(child))
        return (self.sentence(condition),)

    def sentence(self, condition: Condition) -> str:
        match condition:
            case Leaf():
                return leaf_text(condition, self.dictionary[condition.fact], self.code_name)
            case Not(child):
                return f"不能有这样的情况：{self.sentence(child)}"
            case All(children):
                return "（" + "，并且".join(map(self.sentence, children)) + "）"
            case AnyOf(children):
                return "满足一条就行：" + "；或者".join(map(self.sentence, children))


def changes_between(before: Item, after: Item, wording: Wording) -> tuple[Change, ...]:
    """Every field in which two revisions differ, in the order of the page."""
    return tuple(_changes(before, after, _fields(wording)))


def _changes(before: Item, after: Item, fields: tuple[_Field, ...]) -> Iterator[Change]:
    for field in fields:
        old, new = field.lines(before), field.lines(after)
        if old == new:
            continue
        if field.is_list:
            went = tuple(line for line in old if line not in new)
            came = tuple(line for line in new if line not in old)
            yield Change(field.label, went, came, is_list=True)
        else:
            yield Change(field.label, old, new, is_list=False)


def _fields(wording: Wording) -> tuple[_Field, ...]:
    return (
        _Field("名称", lambda item: (item.title,)),
        _Field("种类", lambda item: (KINDS[item.kind],)),
        _Field("好处", lambda item: (BENEFIT_TYPES[item.benefit.type],)),
        _Field("讲的是什么", lambda item: (item.summary,)),
        _Field("地区", lambda item: (wording.code_name(CodeSystem.REGION, item.region_code),)),
        _Field("行业", lambda item: _trades(item, wording), is_list=True),
        _Field("给谁", lambda item: item.conditions_text, is_list=True),
        _Field("自动判断的条件", lambda item: wording.sentences(item.condition), is_list=True),
        _Field("还需核实", lambda item: item.manual_checks, is_list=True),
        _Field("给多少", lambda item: (item.benefit.formula,)),
        _Field("最高金额", lambda item: _largest(item.benefit)),
        _Field("比例", lambda item: _share(item.benefit.rate)),
        _Field("分档", lambda item: tuple(_tier(t, wording) for t in item.benefit.tiers), is_list=True),
        _Field("算法的依据", lambda item: (item.benefit.amount.basis,) if item.benefit.amount else ()),
        _Field("贷款条件", lambda item: _loan(item.loan), is_list=True),
        _Field("执行期", lambda item: _window(item.window.opens_on, item.window.closes_on)),
        _Field("办理时限", lambda item: _one(item.deadline)),
        _Field("怎么领", lambda item: (item.delivery.value,)),
        _Field("到哪里办", lambda item: (item.channel,)),
        _Field("找谁办", lambda item: _one(item.office)),
        _Field("电话", lambda item: _one(item.phone)),
        _Field("要带的材料", lambda item: item.materials, is_list=True),
        _Field("谁发的", lambda item: (f"{item.issuer}（{LEVELS[item.level]}）",)),
        _Field("文件号", lambda item: _one(item.doc_no)),
        _Field("发布日期", lambda item: _one(date_text(item.published_on) if item.published_on else None)),
        _Field("从哪里读到的", _source),
        _Field("后来的同类政策", lambda item: _one(item.superseded_by)),
        _Field("整理说明", lambda item: _one(item.note)),
    )


def _one(text: str | None) -> Lines:
    return (text,) if text else ()


def _trades(item: Item, wording: Wording) -> Lines:
    return tuple(
        "不限行业" if code == EVERY_INDUSTRY else wording.code_name(CodeSystem.INDUSTRY, code)
        for code in item.industry_scope
    )


def _largest(benefit: Benefit) -> Lines:
    if benefit.amount_cny_max is None:
        return ()
    return (f"{BENEFIT_UNITS.get(benefit.unit, '')}{money_text(benefit.amount_cny_max)}",)


def _share(rate: float | None) -> Lines:
    return () if rate is None else (f"{number_text(rate * 100)}%",)


def _tier(tier: Tier, wording: Wording) -> str:
    return f"{'，并且'.join(wording.sentences(tier.when))}：{money_text(tier.amount_cny)}"


def _loan(loan: LoanTerms | None) -> Lines:
    if loan is None:
        return ()
    rates = [number_text(rate * 100) + "%" for rate in (loan.rate_min, loan.rate_max) if rate is not None]
    said = (
        f"银行：{loan.bank}",
        f"额度：{money_text(loan.max_amount_cny)}" if loan.max_amount_cny else "",
        f"最长：{loan.term_months_max} 个月" if loan.term_months_max else "",
        f"年利率：{'到'.join(dict.fromkeys(rates))}" if rates else "",
        f"担保：{'、'.join(loan.guarantee)}" if loan.guarantee else "",
    )
    return tuple(line for line in said if line)


def _window(opens_on: date | None, closes_on: date | None) -> Lines:
    said = (
        f"{date_text(opens_on)}起" if opens_on else "",
        f"{date_text(closes_on)}止" if closes_on else "",
    )
    return _one("，".join(line for line in said if line))


def _source(item: Item) -> Lines:
    """Never the address of a mirror."""
    grade = f"{item.source.grade} 级：{SOURCE_GRADES[item.source.grade]}"
    return (f"{grade}，{item.source.public_url}" if item.source.public_url else grade,)
