"""What a parameter is: data a room declares as ``parameters`` of its AppConfig."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from enum import StrEnum
from fractions import Fraction

Value = bool | int | Fraction | time | str
LONGEST_VALUE = 200
_KEY = re.compile(r"[a-z]+\.[a-z_]+")


class DeclarationError(ValueError):
    """A parameter that is declared wrongly: a mistake of the room that declares it."""


class Kind(StrEnum):
    """What a value is. Money is kept in whole 分, a percentage as an exact fraction (1/8 is 12.5%)."""

    WHOLE = "whole"
    MONEY = "money"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    PERCENT = "percent"
    TIME = "time"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


class Mark(StrEnum):
    """Who set the number: the law, we by inference where nothing published says it, or we by choice."""

    LAW = "law"
    INFERRED = "inferred"
    OURS = "ours"


TYPES: Mapping[Kind, type] = {
    Kind.WHOLE: int,
    Kind.MONEY: int,
    Kind.DAYS: int,
    Kind.WORKING_DAYS: int,
    Kind.PERCENT: Fraction,
    Kind.TIME: time,
    Kind.YES_NO: bool,
    Kind.CHOICE: str,
    Kind.TEXT: str,
}
UNITS = {Kind.DAYS: "天", Kind.WORKING_DAYS: "个工作日"}
COUNTED = frozenset({Kind.WHOLE, Kind.DAYS, Kind.WORKING_DAYS})
BOUNDED = COUNTED | {Kind.MONEY, Kind.PERCENT}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the city. ``least`` and ``most`` are in the unit of the value (分 for money) and both are
    allowed; ``choices`` are ids with their words. ``source`` names the text it comes from or says that there
    is none; ``read_by`` says what is reckoned by it. One that is ``is_public`` may be read by anybody.
    """

    key: str
    kind: Kind
    default: Value
    title: str
    words: str
    source: str
    mark: Mark
    read_by: str
    unit: str = ""
    least: int | Fraction | None = None
    most: int | Fraction | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = False

    @property
    def room(self) -> str:
        """The label of the room that declares it."""
        return self.key.partition(".")[0]

    @property
    def may_change(self) -> bool:
        return self.mark is not Mark.LAW


def read_parameter(key: str, declared: Mapping[str, object]) -> Parameter:
    """A parameter from what its room wrote; DeclarationError for what cannot be one."""
    known = {each.name for each in fields(Parameter)} - {"key"}
    missing = {"kind", "default", "title", "words", "source", "mark", "read_by"} - set(declared)
    if not _KEY.fullmatch(key) or missing or not set(declared) <= known:
        raise DeclarationError(
            f"the parameter {key} is declared wrongly: {sorted(missing) or 'name or parts'}"
        )
    kind = Kind(str(declared["kind"]))
    parts = {"unit": UNITS.get(kind, ""), **declared, "kind": kind, "mark": Mark(str(declared["mark"]))}
    parameter = Parameter(key=key, **parts)  # type: ignore[arg-type] # what it says is looked at below
    _check(parameter)
    return parameter


def _check(parameter: Parameter) -> None:
    kind = parameter.kind
    if type(parameter.default) is not TYPES[kind]:
        raise DeclarationError(f"the default of {parameter.key} is no {kind}")
    if (kind in BOUNDED) != (parameter.least is not None and parameter.most is not None):
        raise DeclarationError(f"{parameter.key}: what is counted has least and most, nothing else has")
    if (kind is Kind.CHOICE) != bool(parameter.choices):
        raise DeclarationError(f"{parameter.key}: choices are for a choice, and there must be some")
    if kind is Kind.WHOLE and not parameter.unit:
        raise DeclarationError(f"{parameter.key}: a number needs its unit")
