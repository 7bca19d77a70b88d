"""Writes an amount back as the plain data it was read from."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from huiqi.catalogue.amounts import Amount, AmountInput
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
    Tiers,
)


def amount_to_raw(amount: Amount) -> dict[str, Any]:
    """The plain data of an amount; the tiers stand beside it in the benefit."""
    raw: dict[str, Any] = {
        "per": amount.per.value,
        "basis": amount.basis,
        "formula": _formula_to_raw(amount.formula),
        "inputs": [_input_to_raw(each) for each in amount.inputs],
        "assumes": list(amount.assumes),
    }
    return {key: value for key, value in raw.items() if value != []}


def _input_to_raw(each: AmountInput) -> dict[str, Any]:
    raw: dict[str, Any] = {"id": each.id, "label": each.label, "unit": each.unit, "question": each.question}
    return {**raw, "is_optional": True} if each.is_optional else raw


def _formula_to_raw(formula: Formula) -> dict[str, Any]:
    match formula:
        case Fixed(yuan):
            return {"kind": "fixed", "yuan": yuan}
        case Product():
            return _product_to_raw(formula)
        case Slices(quantity, slices, most):
            raw = {"kind": "slices", "of": quantity, "slices": list(map(_slice_to_raw, slices)), "max": most}
            return _without_empty(raw)
        case RelievedTax(income, schedule, first, share, other_relief):
            return {
                "kind": "relieved_tax",
                "income": income,
                "schedule": list(map(_slice_to_raw, schedule)),
                "first": first,
                "share": _rate_to_raw(share),
                "other_relief": other_relief,
            }
        case Review(choices, is_between):
            return {"kind": "review", "between" if is_between else "choices": list(choices)}
        case Tiers():
            return {"kind": "tiers"}
        case Limit(most, because):
            return {"kind": "limit", "max": most, "because": because}


def _product_to_raw(product: Product) -> dict[str, Any]:
    return _without_empty(
        {
            "kind": "product",
            "of": list(map(_factor_to_raw, product.factors)),
            "times": [{"number": each.number, "words": each.words} for each in product.times],
            "rate": None if product.rate is None else _ends_to_raw(*map(_rate_to_raw, product.rate)),
            "yuan": None if product.yuan is None else _ends_to_raw(*product.yuan),
            "max": product.most,
            "max_of": product.most_of,
        }
    )


def _factor_to_raw(factor: Factor) -> dict[str, Any]:
    per = None if factor.per == 1 else factor.per
    return _without_empty({"add": list(factor.quantities), "max": factor.most, "per": per})


def _slice_to_raw(each: Slice) -> dict[str, Any]:
    return {"up_to": each.up_to, "rate": _rate_to_raw(each.rate)}


def _ends_to_raw(low: float, high: float) -> float | list[float]:
    return low if low == high else [low, high]


def _rate_to_raw(rate: Fraction) -> float:
    return rate.numerator if rate.denominator == 1 else float(rate)


def _without_empty(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if value is not None and value != []}
