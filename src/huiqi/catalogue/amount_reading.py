"""Reads ``benefit.amount`` from plain data; every fault is noted in Chinese, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from huiqi.catalogue.amounts import Amount, AmountInput, Per
from huiqi.catalogue.fields import Fields
from huiqi.core.money.amounts import (
    Factor,
    Fixed,
    Formula,
    Limit,
    Product,
    RelievedTax,
    Review,
    Slice,
    Slices,
    Tier,
    Tiers,
    Times,
    quantities_of,
)
from huiqi.core.rules.errors import shown
from huiqi.core.rules.facts import NUMERIC, FactDictionary

LARGEST_RATE = 10  # a loan of four times the monthly orders is the largest there is
MOST_QUESTIONS = 5
_INPUT_ID = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_NOTHING = Fixed(0)  # stands in for a faulty formula until the faults are raised


def read_amount(
    raw: object, path: str, benefit: Fields, tiers: Sequence[Tier], dictionary: FactDictionary
) -> Amount:
    """The amount of a benefit with these tiers."""
    fields = Fields(
        raw,
        path,
        benefit.faults,
        required=frozenset({"per", "basis", "formula"}),
        optional=frozenset({"inputs", "assumes"}),
    )
    amount = Amount(
        formula=_formula(fields, tiers),
        per=fields.member("per", Per),
        basis=fields.text("basis"),
        inputs=tuple(_input(each, at, fields) for at, each in fields.mappings("inputs")),
        assumes=fields.texts("assumes"),
    )
    _check_quantities(amount, fields, dictionary)
    return amount


def _input(raw: object, path: str, amount: Fields) -> AmountInput:
    fields = Fields(
        raw,
        path,
        amount.faults,
        required=frozenset({"id", "label", "unit", "question"}),
        optional=frozenset({"is_optional"}),
    )
    input_id = fields.text("id")
    if input_id and not _INPUT_ID.match(input_id):
        fields.faults.add(fields.at("id"), "编号只能用小写字母、数字和 _，字母开头，最长 40 个字符")
    is_optional = fields.raw("is_optional")
    if is_optional not in (None, True, False):
        fields.faults.add(fields.at("is_optional"), f"请写 true 或 false，现在是 {shown(is_optional)}")
    return AmountInput(
        input_id, fields.text("label"), fields.text("unit"), fields.text("question"), is_optional is True
    )


def _check_quantities(amount: Amount, fields: Fields, dictionary: FactDictionary) -> None:
    """Every quantity is a numeric fact or an input of the amount; every input is used, none is a fact."""
    own = [each.id for each in amount.inputs]
    used = quantities_of(amount.formula)
    for name in [name for name in used if name not in own]:
        if name not in dictionary:
            message = f"“{name}”既不是事实字典里的，也没有写在 inputs 里。请改正名称或补上怎么问"
            fields.faults.add(fields.at("formula"), message)
        elif dictionary[name].type not in NUMERIC:
            fields.faults.add(fields.at("formula"), f"“{name}”不是数字型的事实，不能拿来算")
    if len(used) > MOST_QUESTIONS:
        fields.faults.add(fields.at("formula"), f"要问的数太多（超过 {MOST_QUESTIONS} 个）。请简化算法")
    _check_inputs(own, used, fields, dictionary)


def _check_inputs(
    own: Sequence[str], used: Collection[str], fields: Fields, dictionary: FactDictionary
) -> None:
    for number, input_id in enumerate(own):
        place = f"{fields.at('inputs')}[{number}]/id"
        if input_id in dictionary:
            fields.faults.add(place, f"“{input_id}”是事实字典里的，不用再写在 inputs 里。请删去")
        elif input_id in own[:number]:
            fields.faults.add(place, f"“{input_id}”写了两次。请删去一个")
        elif input_id not in used:
            fields.faults.add(place, f"算法里没有用到“{input_id}”。请删去，或改正名称")


def _formula(amount: Fields, tiers: Sequence[Tier]) -> Formula:
    if not amount.is_written("formula"):
        return _NOTHING
    raw, path = amount.raw("formula"), amount.at("formula")
    kind = str(raw.get("kind")) if isinstance(raw, Mapping) else ""
    if kind == "tiers":
        Fields(raw, path, amount.faults, required=frozenset({"kind"}))
        if not tiers:
            amount.faults.add(path, "benefit 里没有写 tiers（分档）。请补上，或改用别的算法")
        return Tiers(tuple(tiers))
    if kind not in _KINDS:
        known = "、".join((*_KINDS, "tiers"))
        amount.faults.add(f"{path}/kind", f"请写明是哪种算法：{known}。现在是 {shown(kind)}")
        return _NOTHING
    required, optional, read = _KINDS[kind]
    return read(
        Fields(
            raw, path, amount.faults, required=frozenset({"kind", *required}), optional=frozenset(optional)
        )
    )


def _fixed(fields: Fields) -> Formula:
    return Fixed(fields.whole("yuan", minimum=1) or 0)


def _product(fields: Fields) -> Formula:
    factors = tuple(_factor(each, path, fields) for path, each in fields.mappings("of"))
    if not factors:
        fields.faults.add(fields.at("of"), "请至少写一个要乘的数")
    if fields.has("rate") == fields.has("yuan"):
        fields.faults.add(fields.path, "rate（比例）和 yuan（每一份多少元）要写一个，也只能写一个")
    return Product(
        factors=factors,
        rate=_ends(fields, "rate", _rate) if fields.has("rate") else None,
        yuan=_ends(fields, "yuan", _whole_yuan) if fields.has("yuan") else None,
        times=tuple(_times(each, path, fields) for path, each in fields.mappings("times")),
        most=fields.whole("max", minimum=1),
        most_of=fields.optional_text("max_of"),
    )


def _factor(raw: object, path: str, product: Fields) -> Factor:
    fields = Fields(
        raw, path, product.faults, required=frozenset({"add"}), optional=frozenset({"max", "per"})
    )
    quantities = fields.texts("add")
    if not quantities:
        fields.faults.add(fields.at("add"), "请写要加起来的数，至少一个")
    return Factor(quantities, fields.whole("max", minimum=1), fields.whole("per", minimum=1) or 1)


def _times(raw: object, path: str, product: Fields) -> Times:
    fields = Fields(raw, path, product.faults, required=frozenset({"number", "words"}))
    return Times(fields.whole("number", minimum=2) or 1, fields.text("words"))


def _slices(fields: Fields) -> Formula:
    return Slices(fields.text("of"), _slice_list(fields, "slices"), fields.whole("max", minimum=1))


def _relieved(fields: Fields) -> Formula:
    return RelievedTax(
        income=fields.text("income"),
        schedule=_slice_list(fields, "schedule"),
        first=fields.whole("first", minimum=1) or 1,
        share=_rate(fields, fields.at("share"), fields.raw("share")),
        other_relief=fields.text("other_relief"),
    )


def _slice_list(fields: Fields, key: str) -> tuple[Slice, ...]:
    """Slices with rising limits, the last one open."""
    slices = []
    for path, raw in fields.mappings(key):
        part = Fields(raw, path, fields.faults, required=frozenset({"up_to", "rate"}))
        slices.append(Slice(part.whole("up_to", minimum=1), _rate(part, part.at("rate"), part.raw("rate"))))
    limits = [each.up_to for each in slices]
    closed = [limit for limit in limits[:-1] if limit is not None]
    if not slices or limits[-1] is not None or len(closed) < len(limits) - 1:
        fields.faults.add(fields.at(key), "请从低到高写每一段的 up_to（到多少元），最后一段写 null")
    elif closed != sorted(set(closed)):
        fields.faults.add(fields.at(key), "各段的 up_to 要一段比一段大。请核对数值和先后次序")
    return tuple(slices)


def _review(fields: Fields) -> Formula:
    is_between = fields.has("between")
    key = "between" if is_between else "choices"
    raw = fields.raw(key)
    is_right = isinstance(raw, list) and len(raw) >= 2 and all(map(_is_sum, raw)) and raw == sorted(set(raw))
    if fields.has("choices") == is_between or not is_right or (is_between and len(raw) != 2):
        message = "choices（几个数里定一个）和 between（两个数之间）写一个：从小到大的整数，至少两个"
        fields.faults.add(fields.path, message)
        return _NOTHING
    return Review(tuple(raw), is_between)


def _limit(fields: Fields) -> Formula:
    return Limit(fields.whole("max", minimum=1), fields.text("because"))


def _ends(fields: Fields, key: str, read: Callable[[Fields, str, Any], Any]) -> tuple[Any, Any]:
    """One value, or [low, high] where the text leaves a range."""
    raw, path = fields.raw(key), fields.at(key)
    if not isinstance(raw, list):
        value = read(fields, path, raw)
        return value, value
    if len(raw) != 2:
        fields.faults.add(path, "请写一个数，或 [下限, 上限] 两个数")
        return read(fields, path, None), read(fields, path, None)
    low, high = (read(fields, f"{path}[{number}]", each) for number, each in enumerate(raw))
    if low >= high:
        fields.faults.add(path, "下限要小于上限。请对调，或只写一个数")
    return low, high


def _rate(fields: Fields, path: str, raw: object) -> Fraction:
    # Through its shortest text: 0.05 is five hundredths, not the binary fraction beside it.
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and 0 < raw <= LARGEST_RATE:
        return Fraction(str(raw))
    fields.faults.add(path, f"请写大于 0 的小数（5% 写 0.05），不加引号。现在是 {shown(raw)}")
    return Fraction(0)


def _whole_yuan(fields: Fields, path: str, raw: object) -> int:
    if _is_sum(raw):
        return int(raw)  # type: ignore[call-overload, no-any-return]
    fields.faults.add(path, f"请写大于 0 的整数元，不加引号。现在是 {shown(raw)}")
    return 0


def _is_sum(raw: object) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and raw > 0


_KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Fields], Formula]]] = {
    "fixed": (("yuan",), (), _fixed),
    "product": (("of",), ("rate", "yuan", "times", "max", "max_of"), _product),
    "slices": (("of", "slices"), ("max",), _slices),
    "relieved_tax": (("income", "schedule", "first", "share", "other_relief"), (), _relieved),
    "review": ((), ("choices", "between"), _review),
    "limit": (("max", "because"), (), _limit),
}
