"""Size classes of businesses: 统计上大中小微型企业划分办法(2017), 国统字〔2017〕213号.

A class above 微型 needs every indicator listed for the trade; 微型 needs only one below. The class is
therefore the lowest one any single indicator allows, which settles what a missing indicator can do:
it can still pull the class down, so an answer stands only where the known ones already say 微型.
"""

from dataclasses import dataclass
from enum import StrEnum

from huiqi.core.standards.prefixes import prefix_covers

YUAN_PER_WAN = 10_000
INDUSTRY = "industry_code"


class SizeClass(StrEnum):
    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class SizeStatus(StrEnum):
    CLASSIFIED = "classified"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


class Indicator(StrEnum):
    """The value is the id of the fact that carries it."""

    EMPLOYEES = "employees"
    REVENUE = "annual_revenue_cny"
    ASSETS = "total_assets_cny"


_LADDER = (SizeClass.LARGE, SizeClass.MEDIUM, SizeClass.SMALL, SizeClass.MICRO)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower bounds of large, medium and small: persons, or 万元 for revenue and assets."""

    large: int
    medium: int
    small: int

    def __post_init__(self) -> None:
        if not self.large > self.medium > self.small > 0:
            raise ValueError("划型下限应从大型到小型逐级降低，且大于零。")

    def rank(self, value: int, unit: int) -> int:
        """0 large … 3 micro; `unit` is how many of the value's units make one of the bound's."""
        for rank, bound in enumerate((self.large, self.medium, self.small)):
            if value >= bound * unit:
                return rank
        return len(_LADDER) - 1


@dataclass(frozen=True, slots=True)
class SizeRow:
    """One trade of the table: industry prefixes it covers, prefixes taken out again, its indicators."""

    name: str
    scope: tuple[str, ...]
    exclusions: tuple[str, ...]
    employees: Bounds | None
    revenue: Bounds | None
    assets: Bounds | None

    def covers(self, industry_code: str) -> bool | None:
        """None where the code is too coarse to say."""
        taken_out = _covered_by_any(self.exclusions, industry_code)
        if taken_out is True:
            return False
        covered = _covered_by_any(self.scope, industry_code)
        return None if covered is True and taken_out is None else covered


@dataclass(frozen=True, slots=True)
class SizeStandard:
    """The whole table. `not_applicable` lists industry prefixes the standard leaves out."""

    id: str
    rows: tuple[SizeRow, ...]
    not_applicable: tuple[str, ...]

    def row_of(self, industry_code: str) -> SizeRow | None:
        """The one row that certainly applies, None where the code is outside or too coarse."""
        return next((row for row in self.rows if row.covers(industry_code)), None)

    def excludes(self, industry_code: str) -> bool:
        return _covered_by_any(self.not_applicable, industry_code) is True


@dataclass(frozen=True, slots=True)
class SizeResult:
    """`size` only when classified; `missing` names the facts that would settle an undetermined one."""

    status: SizeStatus
    size: SizeClass | None = None
    missing: tuple[str, ...] = ()
    row: SizeRow | None = None


def _covered_by_any(scopes: tuple[str, ...], code: str) -> bool | None:
    states = [prefix_covers(scope, code) for scope in scopes]
    if True in states:
        return True
    return None if None in states else False


def size_class(
    industry_code: str | None,
    employees: int | None,
    revenue_cny: int | None,
    assets_cny: int | None,
    standard: SizeStandard,
) -> SizeResult:
    """Classify a business. Money in 元, persons as counted, None for unknown.

    An industry code too coarse for one row ("G", "K70") leaves the class undetermined.
    """
    if industry_code is not None and standard.excludes(industry_code):
        return SizeResult(SizeStatus.NOT_APPLICABLE)
    row = None if industry_code is None else standard.row_of(industry_code)
    if row is None:
        return SizeResult(SizeStatus.UNDETERMINED, missing=(INDUSTRY,))
    asked = (
        (Indicator.EMPLOYEES, row.employees, employees, 1),
        (Indicator.REVENUE, row.revenue, revenue_cny, YUAN_PER_WAN),
        (Indicator.ASSETS, row.assets, assets_cny, YUAN_PER_WAN),
    )
    needed = [(i, bounds, value, unit) for i, bounds, value, unit in asked if bounds is not None]
    missing = tuple(str(indicator) for indicator, _, value, _ in needed if value is None)
    ranks = [bounds.rank(value, unit) for _, bounds, value, unit in needed if value is not None]
    lowest = max(ranks, default=0)
    if missing and _LADDER[lowest] is not SizeClass.MICRO:
        return SizeResult(SizeStatus.UNDETERMINED, missing=missing, row=row)
    return SizeResult(SizeStatus.CLASSIFIED, _LADDER[lowest], row=row)
