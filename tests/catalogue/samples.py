"""A small, valid item to bend in the tests, and catalogue folders made of such items."""

import copy
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.plain_yaml import write_yaml

FACTS = shipped_path() / "facts.yaml"

_ITEM: dict[str, Any] = {
    "id": "jz-sample",
    "kind": "policy",
    "title": "小店开业补贴",
    "doc_no": None,
    "issuer": "某局",
    "level": "city",
    "region_code": "410800",
    "industry_scope": ["*"],
    "published": "2026-01-05",
    "effective_from": "2026-01-01",
    "effective_to": None,
    "benefit": {
        "type": "subsidy",
        "amount_cny_max": 5000,
        "rate": None,
        "formula": "一次性",
        "unit": "one_off",
    },
    "delivery": "申报",
    "summary": "开业满一年的小店补五千元。",
    "conditions_text": ["在焦作市登记", "开业满12个月"],
    "conditions": {
        "all": [
            {"fact": "region_code", "op": "in", "value": ["410800"], "clause": 1},
            {"fact": "months_since_established", "op": "ge", "value": 12, "clause": 2},
        ]
    },
    "materials": ["营业执照"],
    "channel": "窗口",
    "deadline": None,
    "source": {"url": "https://example.org/1", "kind": "gov", "grade": "A", "confidence": "high"},
}
_CASE: dict[str, Any] = {
    "id": "s-1",
    "as_of": "2026-06-01",
    "facts": {"region_code": "410825", "months_since_established": 12},
    "expected": "eligible",
    "reason": "正好满12个月",
}


def raw_item(**changes: Any) -> dict[str, Any]:
    """The sample item in the shape of an item file, with some fields replaced."""
    return {**copy.deepcopy(_ITEM), **changes}


def raw_case(**changes: Any) -> dict[str, Any]:
    """The sample case, with some fields replaced."""
    return {**copy.deepcopy(_CASE), **changes}


def exchange_item(**changes: Any) -> dict[str, Any]:
    """The sample item in the exchange shape, with some fields replaced."""
    raw = raw_item()
    source = raw.pop("source")
    flat = {"source_url": source["url"], "source_kind": source["kind"], "confidence": source["confidence"]}
    return {**raw, **flat, **changes}


def exchange_case(**changes: Any) -> dict[str, Any]:
    """The sample case in the exchange shape, with some fields replaced."""
    raw = raw_case()
    named = {"case_id": raw.pop("id"), "entity": raw.pop("facts"), "item_id": "jz-sample"}
    return {**raw, **named, **changes}


def write_lines(file: Path, values: Iterable[dict[str, Any]]) -> Path:
    """A JSON Lines file of ``values``."""
    file.write_text(
        "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), encoding="utf-8"
    )
    return file


def write_catalogue(folder: Path, items: Iterable[dict[str, Any]]) -> Path:
    """A catalogue folder with the shipped dictionary and one file an item."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "facts.yaml").write_bytes(FACTS.read_bytes())
    for item in items:
        file = folder / "items" / str(item["region_code"]) / f"{item['id']}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write_yaml(item), encoding="utf-8")
    return folder
