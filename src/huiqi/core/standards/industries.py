"""Industries, GB/T 4754-2017: a section letter, then two, three or four digits (H, H62, H621, H6210).

The table holds the 20 sections and 97 divisions. Groups and classes are read by shape below their
division; a city that imports the class-level table gives their names as labels.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_SHAPE = re.compile(r"([A-T])(?:([0-9]{2})[0-9]{0,2})?", re.ASCII)


class IndustryCodeError(ValueError):
    """A code that is not an industry; the message is for people."""


@dataclass(frozen=True, slots=True)
class Section:
    letter: str
    name: str


@dataclass(frozen=True, slots=True)
class IndustryDivision:
    """A two-digit division; `code` carries the section letter (H62)."""

    code: str
    name: str

    @property
    def section(self) -> str:
        return self.code[0]


@dataclass(frozen=True, slots=True)
class Industry:
    """A valid code with the names of its section and, where given, its division."""

    code: str
    section: Section
    division: IndustryDivision | None


class Industries:
    """An immutable table of sections and divisions, with labels for some finer codes."""

    __slots__ = ("_divisions", "_labels", "_sections")

    def __init__(
        self, sections: Mapping[str, str], divisions: Mapping[str, str], labels: Mapping[str, str]
    ) -> None:
        """Keys are codes (H, H62, H6210), values names. IndustryCodeError where they do not fit together."""
        self._sections = MappingProxyType({c: Section(c, name) for c, name in sections.items()})
        self._divisions = MappingProxyType({c: IndustryDivision(c, name) for c, name in divisions.items()})
        self._labels = MappingProxyType(dict(labels))
        for code in (*divisions, *labels):
            self.parse(code)

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(self._sections.values())

    @property
    def divisions(self) -> tuple[IndustryDivision, ...]:
        return tuple(self._divisions.values())

    @property
    def labels(self) -> Mapping[str, str]:
        """Names of groups and classes worth showing in a picker."""
        return self._labels

    def parse(self, code: str) -> Industry:
        """IndustryCodeError if the shape is wrong, or the division is not in that section."""
        shape = _SHAPE.fullmatch(code)
        if shape is None:
            raise IndustryCodeError(f"“{code}”不是行业代码：应为门类字母加二至四位数字，例如 H6210。")
        section = self._sections.get(shape[1])
        if section is None:
            raise IndustryCodeError(f"行业代码“{code}”的门类 {shape[1]} 不存在，请核对。")
        if shape[2] is None:
            return Industry(code, section, None)
        division = self._divisions.get(code[:3])
        if division is None:
            raise IndustryCodeError(
                f"行业代码“{code}”有误：门类 {section.letter} {section.name}没有大类 {shape[2]}，请核对。"
            )
        return Industry(code, section, division)

    def name_of(self, code: str) -> str:
        """The nearest name: of the code itself, else of its group, division or section."""
        industry = self.parse(code)
        for known in (code, code[:4]):
            if known in self._labels:
                return self._labels[known]
        return (industry.division or industry.section).name
