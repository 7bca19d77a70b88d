"""Administrative divisions, GB/T 2260 (six digits), with nine-digit towns below the county.

A statistics code such as 410871 (焦作城乡一体化示范区) follows the same shape without being in
GB/T 2260: development zones that the statistics bureau counts as counties. It is marked so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

NATION = "000000"
COUNTY_DIGITS = 6
TOWN_DIGITS = 9
_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class DivisionLevel(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


class DivisionCodeError(ValueError):
    """A code that is not a division; the message is for people."""


@dataclass(frozen=True, slots=True)
class Division:
    """One division. `parent` is a code of the same table, None for the nation."""

    code: str
    name: str
    parent: str | None
    is_statistical: bool = False

    @property
    def level(self) -> DivisionLevel:
        return level_of(self.code)


def is_division_code(code: str) -> bool:
    """Six digits, or nine for a town; says nothing about whether the division exists."""
    return len(code) in (COUNTY_DIGITS, TOWN_DIGITS) and code.isascii() and code.isdigit()


@lru_cache(maxsize=8_192)
def significant_prefix(code: str) -> str:
    """Drop trailing pairs of zeros of a six-digit code: 410800 is 4108, 410000 is 41, 000000 is empty.

    A town keeps its nine digits. DivisionCodeError for anything else.
    """
    if not is_division_code(code):
        raise DivisionCodeError(f"“{code}”不是行政区划代码：应为六位数字，乡镇为九位数字。")
    if len(code) == TOWN_DIGITS:
        return code
    while code.endswith("00"):
        code = code[:-2]
    return code


def level_of(code: str) -> DivisionLevel:
    levels = {
        0: DivisionLevel.NATION,
        2: DivisionLevel.PROVINCE,
        4: DivisionLevel.CITY,
        6: DivisionLevel.COUNTY,
        9: DivisionLevel.TOWN,
    }
    return levels[len(significant_prefix(code))]


def parent_of(code: str) -> str | None:
    """The code one level up by shape alone; None for the nation."""
    prefix = significant_prefix(code)
    if not prefix:
        return None
    if len(prefix) == TOWN_DIGITS:
        return prefix[:COUNTY_DIGITS]
    return prefix[:-2].ljust(COUNTY_DIGITS, "0")


class Divisions:
    """An immutable table of divisions; lookups by code and down the tree."""

    __slots__ = ("_by_code", "_children")

    def __init__(self, divisions: Iterable[Division]) -> None:
        by_code: dict[str, Division] = {}
        children: dict[str, list[str]] = {}
        for division in divisions:
            if division.code in by_code:
                raise DivisionCodeError(f"行政区划代码 {division.code} 重复，请删去其中一条。")
            by_code[division.code] = division
            if division.parent is not None:
                children.setdefault(division.parent, []).append(division.code)
        for parent in children:
            if parent not in by_code:
                raise DivisionCodeError(f"上级行政区划 {parent} 不在表里，请先补上上级。")
        self._by_code = MappingProxyType(by_code)
        self._children = MappingProxyType({code: tuple(below) for code, below in children.items()})

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str) -> Division | None:
        return self._by_code.get(code)

    def __getitem__(self, code: str) -> Division:
        found = self._by_code.get(code)
        if found is None:
            raise DivisionCodeError(f"没有代码为“{code}”的行政区划，请核对后重填。")
        return found

    def children_of(self, code: str) -> tuple[Division, ...]:
        return tuple(self._by_code[below] for below in self._children.get(code, ()))

    def chain_of(self, code: str) -> tuple[Division, ...]:
        """From the nation down to `code`, both included."""
        chain = [self[code]]
        while chain[-1].parent is not None:
            chain.append(self[chain[-1].parent])
        return tuple(reversed(chain))

    def full_name(self, code: str) -> str:
        """河南省焦作市温县; the nation and the placeholder 市辖区 of municipalities are left out."""
        chain = self.chain_of(code)
        below_nation = dict.fromkeys(
            division.name for division in chain[1:]
        )  # 嘉峪关市 stands twice in its chain
        return "".join(name for name in below_nation if name not in _PLACEHOLDERS) or chain[-1].name
