"""Names nobody can take for real ones: each says 演示 or 示例, those of shops carry a number too."""

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


# Given names: most are a marker alone; the rare characters are there so that their display is tried out.
_GIVEN = ("演示", "示例", "演示", "示例", "演示𬱖", "示例䶮", "㛃示例", "𰻞演示", "𫍽示例", "禤演示")
_TWO_PART = ("阿演示·示例江", "古丽示例·演示提")
_TWO_PART_SHARE, _FULL_NAME_SHARE, _RARE_WORD_SHARE = 0.01, 0.04, 0.01
_RARE_WORDS = ("䶮泰", "㛃记", "𬱖和", "𫍽记")


def draw_names(register: Register, dice: Dice) -> tuple[pa.Array, pa.Array]:
    """Names of shops and of who runs them (null for companies, partnerships and cooperatives).

    温县演示刘记面馆0123号 run by 刘演示 · 山阳区示例恒达软件有限公司0042号.
    """
    area = _chosen([area.short for area in AREAS], register.area)
    marker = _chosen(MARKERS, dice.between(0, len(MARKERS) - 1))
    surname = _chosen(_SURNAMES, dice.between(0, len(_SURNAMES) - 1))
    fancy = _fancy_words(dice)
    endings = _endings(register, dice)
    operator = _operators(surname, dice)
    own = pc.if_else(pa.array(register.is_individual), _joined(surname, pa.scalar("记")), fancy)
    own = pc.if_else(pa.array(register.is_individual & dice.chance(_FULL_NAME_SHARE)), operator, own)
    rare = _chosen(_RARE_WORDS, dice.between(0, len(_RARE_WORDS) - 1))
    own = pc.if_else(pa.array(dice.chance(_RARE_WORD_SHARE)), rare, own)
    is_run_by_one = pa.array(register.is_individual | (register.kind == SOLE))
    names = _joined(area, marker, own, endings, _numbers(register))
    return names, pc.if_else(is_run_by_one, operator, pa.scalar(None, pa.string()))


def _operators(surname: pa.Array, dice: Dice) -> pa.Array:
    common = _joined(surname, _chosen(_GIVEN, dice.between(0, len(_GIVEN) - 1)))
    two_part = _chosen(_TWO_PART, dice.between(0, len(_TWO_PART) - 1))
    return pc.if_else(pa.array(dice.chance(_TWO_PART_SHARE)), two_part, common)


def _fancy_words(dice: Dice) -> pa.Array:
    first = dice.between(0, len(_FIRST) - 1)
    second = dice.between(0, len(_SECOND) - 1)
    is_double = np.array(list(_FIRST))[first] == np.array(list(_SECOND))[second]
    second = np.where(is_double, (second + 1) % len(_SECOND), second)
    return _joined(_chosen(_FIRST, first), _chosen(_SECOND, second))


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
