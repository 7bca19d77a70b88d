"""Writes items and cases back as plain data, and as the text of one reviewable file an item."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from huiqi.catalogue.amount_writing import amount_to_raw
from huiqi.catalogue.item_reading import OPTIONAL_ITEM_KEYS
from huiqi.catalogue.items import Benefit, Catalogue, Item, LoanTerms, Source, WorkedCase
from huiqi.catalogue.plain_yaml import write_yaml
from huiqi.core.rules.conditions import condition_to_raw
from huiqi.core.rules.facts import Fact, FactDictionary, Value


def item_to_raw(item: Item) -> dict[str, Any]:
    """The plain data ``parse_item`` reads back as an equal item; empty optional parts are left out."""
    raw: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind.value,
        "title": item.title,
        "doc_no": item.doc_no,
        "issuer": item.issuer,
        "level": item.level.value,
        "region_code": item.region_code,
        "industry_scope": list(item.industry_scope),
        "published": _day(item.published_on),
        "effective_from": _day(item.window.opens_on),
        "effective_to": _day(item.window.closes_on),
        "benefit": _benefit_to_raw(item.benefit),
        "delivery": item.delivery.value,
        "summary": item.summary,
        "conditions_text": list(item.conditions_text),
        "conditions": condition_to_raw(item.condition),
        "manual_checks": list(item.manual_checks),
        "materials": list(item.materials),
        "channel": item.channel,
        "office": item.office,
        "phone": item.phone,
        "deadline": item.deadline,
        "loan": None if item.loan is None else _loan_to_raw(item.loan),
        "superseded_by": item.superseded_by,
        "note": item.note,
        "source": _source_to_raw(item.source),
    }
    for key in OPTIONAL_ITEM_KEYS:
        if not raw[key]:
            del raw[key]
    return raw


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _benefit_to_raw(benefit: Benefit) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "type": benefit.type.value,
        "amount_cny_max": benefit.amount_cny_max,
        "rate": benefit.rate,
        "formula": benefit.formula,
        "unit": benefit.unit,
    }
    if benefit.tiers:
        raw["tiers"] = [
            {"when": condition_to_raw(tier.when), "amount_cny": tier.amount_cny} for tier in benefit.tiers
        ]
    if benefit.amount is not None:
        raw["amount"] = amount_to_raw(benefit.amount)
    return raw


def _loan_to_raw(loan: LoanTerms) -> dict[str, Any]:
    return {
        "bank": loan.bank,
        "max_amount_cny": loan.max_amount_cny,
        "term_months_max": loan.term_months_max,
        "rate_min": loan.rate_min,
        "rate_max": loan.rate_max,
        "guarantee": list(loan.guarantee),
    }


def _source_to_raw(source: Source) -> dict[str, Any]:
    return {
        "url": source.url,
        "kind": source.kind.value,
        "grade": source.grade.value,
        "confidence": source.confidence.value,
    }


def case_to_raw(case: WorkedCase) -> dict[str, Any]:
    """The plain data :func:`parse_case` reads back as an equal case."""
    return {
        "id": case.id,
        "as_of": case.as_of.isoformat(),
        "facts": facts_to_raw(case.facts),
        "expected": case.expected.value,
        "reason": case.reason,
    }


def facts_to_raw(facts: Mapping[str, Value]) -> dict[str, Any]:
    """Facts as plain data: sets as sorted lists, dates as text."""
    return {fact_id: _plain(value) for fact_id, value in facts.items()}


def _plain(value: Value) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def item_file_text(item: Item, cases: Iterable[WorkedCase]) -> str:
    """The text of the item's file, its worked cases at the end. The same item gives the same text."""
    return write_yaml({**item_to_raw(item), "cases": [case_to_raw(case) for case in cases]})


def dictionary_to_raw(dictionary: FactDictionary) -> list[dict[str, Any]]:
    """The ``facts`` list :func:`huiqi.core.rules.dictionary.parse_dictionary` reads back."""
    return [_fact_to_raw(fact) for fact in dictionary.values()]


def _fact_to_raw(fact: Fact) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "id": fact.id,
        "label": fact.label,
        "type": fact.type.value,
        "unit": fact.unit,
        "source_dept": fact.source_dept,
        "description": fact.description,
        "changes": fact.changes.value,
        "question": fact.question,
    }
    if fact.minimum is not None:
        raw["minimum"] = fact.minimum
    if fact.maximum is not None:
        raw["maximum"] = fact.maximum
    if fact.code_system is not None:
        raw["code_system"] = fact.code_system.value
    if fact.choices:
        raw["values"] = [{"code": choice.code, "label": choice.label} for choice in fact.choices]
    return raw


def item_hash(item: Item) -> str:
    """SHA-256 of the item's content (hexadecimal); cases are no part of an item."""
    return _hash(item_to_raw(item))


def catalogue_hash(catalogue: Catalogue) -> str:
    """SHA-256 of everything in the catalogue (hexadecimal), whatever files it came from."""
    return _hash(
        {
            "version": catalogue.dictionary.version,
            "facts": dictionary_to_raw(catalogue.dictionary),
            "items": {item_id: item_to_raw(item) for item_id, item in catalogue.items.items()},
            "cases": sorted(
                ({**case_to_raw(case), "item_id": case.item_id} for case in catalogue.cases),
                key=lambda raw: str(raw["id"]),
            ),
        }
    )


def _hash(raw: dict[str, Any]) -> str:
    # Canonical JSON: sorted keys, no spaces, no escapes; facts keep their order, which breaks ties in advice.
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
