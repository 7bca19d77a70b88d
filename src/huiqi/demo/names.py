"""Names nobody can take for real ones: each says 演示 or 示例 and carries a number."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiqi.demo.areas import AREAS
from huiqi.demo.dice import Dice, Ints
from huiqi.demo.register import COMPANY, COOPERATIVE, INDIVIDUAL, PARTNERSHIP, SOLE, Register
from huiqi.demo.trades import TRADES, Trade

MARKERS = ("演示", "示例")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_FIRST = "恒安瑞丰盛华兴宏嘉泰和顺福永鑫金源德润万诚信远博凯"
_SECOND = "达盛源通泰隆昌顺和丰祥荣茂发成康宇翔腾辉"
_ENDINGS = {
    COMPANY: "有限公司",
    SOLE: "（个人独资）",
    PARTNERSHIP: "（普通合伙）",
    COOPERATIVE: "专业合作社",
}


def draw_names(register: Register, dice: Dice) -> pa.Array:
    """温县演示刘记面馆0123号 · 山阳区示例恒达软件有限公司0042号."""
    area = _chosen([area.short for area in AREAS], register.area)
    marker = _chosen(MARKERS, dice.between(0, len(MARKERS) - 1))
    own = _own_words(register, dice)
    return _joined(area, marker, own, _endings(register, dice), _numbers(register))


def _own_words(register: Register, dice: Dice) -> pa.Array:
    surname = _joined(_chosen(_SURNAMES, dice.between(0, len(_SURNAMES) - 1)), pa.scalar("记"))
    first = dice.between(0, len(_FIRST) - 1)
    second = dice.between(0, len(_SECOND) - 1)
    is_double = np.array(list(_FIRST))[first] == np.array(list(_SECOND))[second]
    second = np.where(is_double, (second + 1) % len(_SECOND), second)
    fancy = _joined(_chosen(_FIRST, first), _chosen(_SECOND, second))
    return pc.if_else(pa.array(register.is_individual), surname, fancy)


def _endings(register: Register, dice: Dice) -> pa.Array:
    """What the business does and what it is, in the words of its area."""
    vocabulary: list[str] = []
    first = np.zeros((len(_ENDINGS) + 1, len(AREAS), len(TRADES)), np.int64)
    width = np.ones_like(first)
    for area_index, area in enumerate(AREAS):
        for trade_index, trade in enumerate(TRADES):
            tails = area.tails.get(trade.code, trade.tails)
            first[INDIVIDUAL, area_index, trade_index] = len(vocabulary)
            width[INDIVIDUAL, area_index, trade_index] = len(tails)
            vocabulary.extend(tails)
            for kind, ending in _ENDINGS.items():
                first[kind, area_index, trade_index] = len(vocabulary)
                vocabulary.append(_word(trade, kind) + ending)
    at = (register.kind, register.area, register.trade)
    return _chosen(vocabulary, first[at] + np.floor(dice.uniform() * width[at]).astype(np.int64))


def _word(trade: Trade, kind: int) -> str:
    """Sole owners and partners call a works a works and a shop a shop, as individuals do."""
    words = {COMPANY: trade.word, COOPERATIVE: trade.coop}
    return words.get(kind, trade.tails[0])


def _numbers(register: Register) -> pa.Array:
    """Counted within each area, so that no two names of an area are alike."""
    order = np.argsort(register.area, kind="stable")
    starts = np.searchsorted(register.area[order], np.arange(len(AREAS)))
    number = np.empty(register.count, np.int64)
    number[order] = np.arange(register.count) - starts[register.area[order]] + 1
    padded = pc.utf8_lpad(pa.array(number).cast(pa.string()), width=4, padding="0")
    return _joined(padded, pa.scalar("号"))


def _chosen(vocabulary: str | list[str] | tuple[str, ...], indices: Ints) -> pa.Array:
    return pa.array(list(vocabulary), pa.string()).take(pa.array(indices))


def _joined(*parts: pa.Array | pa.Scalar) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")
