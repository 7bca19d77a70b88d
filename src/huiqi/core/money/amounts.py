"""The kinds of formula by which a benefit is worked out: frozen values, no figures of anybody in them."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Fixed:
    """One sum in whole 元, whoever gets it."""

    yuan: int


@dataclass(frozen=True, slots=True)
class Factor:
    """Quantities added up; of the sum ``most`` counts; divided by ``per`` (12 makes months years)."""

    quantities: tuple[str, ...]
    most: int | None = None
    per: int = 1


@dataclass(frozen=True, slots=True)
class Times:
    """A whole number the text multiplies by, with its unit in words (12 个月)."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Product:
    """Factors multiplied, then by ``times``, then by ``rate`` (a fraction) or ``yuan`` (元 a unit).

    A rate or a sum of two different ends is a range the text leaves open. ``most`` is the cap in 元;
    ``most_of`` a quantity the result cannot exceed (the tax there is to be reduced).
    """

    factors: tuple[Factor, ...]
    rate: tuple[Fraction, Fraction] | None = None
    yuan: tuple[int, int] | None = None
    times: tuple[Times, ...] = ()
    most: int | None = None
    most_of: str | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a quantity above the slice before and up to ``up_to`` (None: all the rest), at ``rate``."""

    up_to: int | None
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Slices:
    """Each slice of one quantity at its own rate, added up; ``most`` is the cap in 元."""

    quantity: str
    slices: tuple[Slice, ...]
    most: int | None = None


@dataclass(frozen=True, slots=True)
class RelievedTax:
    """Relief from a progressive tax on income, for the part of the income within ``first`` 元 alone.

    减免税额 =（不超过 first 部分的应纳税额 - 其他政策减免税额 x 不超过部分 ÷ 应纳税所得额）x share
    (国家税务总局公告2023年第12号 第三条). The tax on the part within is the schedule applied to
    min(income, first); ``other_relief`` names the quantity of the other relief.
    """

    income: str
    schedule: tuple[Slice, ...]
    first: int
    share: Fraction
    other_relief: str


@dataclass(frozen=True, slots=True)
class Review:
    """A review decides: one of the ``choices`` in 元, or anything from the lesser to the greater."""

    choices: tuple[int, ...]
    is_between: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """A sum in 元 for those for whom ``when`` holds; what ``when`` is, only the asker knows."""

    when: object
    yuan: int


@dataclass(frozen=True, slots=True)
class Tiers:
    """The first tier that holds counts."""

    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """The text gives no way to work the sum out, at most an upper limit; ``because`` says why, in words."""

    most: int | None
    because: str


Formula = Fixed | Product | Slices | RelievedTax | Review | Tiers | Limit


def stated_cap(formula: Formula) -> int | None:
    """The largest sum in 元 the formula itself names: its cap, else what one unit brings; None without."""
    match formula:
        case Fixed(yuan):
            return yuan
        case Product(yuan=yuan, most=most):
            return most if most is not None or yuan is None else yuan[1]
        case Slices(most=most) | Limit(most=most):
            return most
        case Review(choices):
            return max(choices)
        case Tiers(tiers):
            return max(tier.yuan for tier in tiers)
        case RelievedTax():
            return None


def quantities_of(formula: Formula) -> tuple[str, ...]:
    """Every quantity the formula reads, in its order, each once."""
    match formula:
        case Product(factors=factors, most_of=most_of):
            named = [name for factor in factors for name in factor.quantities]
            return tuple(dict.fromkeys([*named, *([most_of] if most_of else [])]))
        case Slices(quantity=quantity):
            return (quantity,)
        case RelievedTax(income=income, other_relief=other_relief):
            return (income, other_relief)
        case _:
            return ()
