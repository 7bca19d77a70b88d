"""Sums and rates in words, always exact."""

from fractions import Fraction

from huiqi.core.money.spans import FEN, Span, in_fen

NOT_TOLD = "还没填"
NOT_YET = "待算"  # a line of the working nothing can be said of yet


def fen_text(fen: int) -> str:
    """128050 as 1,280.50 元, whole 元 without decimals."""
    yuan, rest = divmod(fen, FEN)
    return f"{yuan:,}.{rest:02d} 元" if rest else f"{yuan:,} 元"


def fen_span_text(low: int, high: int | None) -> str:
    """A sum that may be anything between; high None is open."""
    if low == high:
        return fen_text(low)
    if high is None:
        return f"{fen_text(low)}以上" if low else "填了才知道"
    return f"{fen_text(low)}到 {fen_text(high)}" if low else f"0 到 {fen_text(high)}"


def span_text(span: Span, unit: str) -> str:
    """A figure in its unit, money to the 分; one that may be anything is still to come."""
    if not span.low and span.high is None:
        return NOT_YET
    if unit == "元":
        return fen_span_text(in_fen(span.low), None if span.high is None else in_fen(span.high))
    if span.is_exact:
        return f"{plain(span.low)} {unit}"
    if span.high is None:
        return f"{plain(span.low)} {unit}以上"
    return f"{plain(span.low)} 到 {plain(span.high)} {unit}"


def plain(value: Fraction) -> str:
    """A number without needless decimals, at most four of them."""
    whole, rest = divmod(round(value * 10_000), 10_000)
    return f"{whole:,}.{rest:04d}".rstrip("0").rstrip(".")


def rate_text(low: Fraction, high: Fraction) -> str:
    """50%, or 5% 到 25%; a multiple of more than the whole as it is (4 倍)."""
    if low == high:
        return f"{plain(low)} 倍" if low > 1 else f"{plain(low * 100)}%"
    return f"{plain(low * 100)}% 到 {plain(high * 100)}%"
