"""A small dictionary and catalogue, and the same businesses written as every kind of file."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from huiqi.catalogue.columns import ColumnMap
from huiqi.catalogue.items import Catalogue
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.facts import Facts
from huiqi.core.rules.rule import Rule
from huiqi.population.columns import Block
from huiqi.population.reading.blocks import BlockReader
from huiqi.population.reading.open_table import open_table


def _choices(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "label": code} for code in codes]


DICTIONARY = parse_dictionary(
    {
        "version": "test",
        "facts": [
            {"id": fact_id, "label": label, "type": kind, "source_dept": "某局", **more}
            for fact_id, label, kind, more in (
                ("employees", "从业人数", "integer", {"unit": "人", "minimum": 0}),
                ("revenue_cny", "营业收入", "money_cny", {"unit": "元"}),
                ("growth_pct", "增长率", "number", {"maximum": 1000}),
                ("founded_on", "成立日期", "date", {}),
                ("is_operating", "正常经营", "bool", {}),
                ("kind", "类型", "enum", {"values": _choices("shop", "firm")}),
                ("honours", "荣誉", "set", {"values": _choices(*(f"h{n}" for n in range(9)))}),
                ("region_code", "登记地", "code", {}),
            )
        ],
    }
)  # fmt: skip
BUSINESSES: tuple[Facts, ...] = (
    {
        "employees": 3,
        "revenue_cny": 10**15,
        "growth_pct": -0.5,
        "founded_on": date(2020, 2, 29),
        "is_operating": True,
        "kind": "shop",
        "honours": frozenset({"h0", "h8"}),
        "region_code": "410825",
    },
    {},
    {"employees": 0, "growth_pct": 12, "is_operating": False, "honours": frozenset()},
    {"kind": "firm", "region_code": "410000", "founded_on": date(1969, 12, 31)},
)
IDS = ("甲-1", "乙-2", "丙-3", "丁-4")
ARROW_TYPES = {
    "business_id": pa.string(),
    "employees": pa.int64(),
    "revenue_cny": pa.int64(),
    "growth_pct": pa.float64(),
    "founded_on": pa.date32(),
    "is_operating": pa.bool_(),
    "kind": pa.string(),
    "honours": pa.list_(pa.string()),
    "region_code": pa.string(),
}


def plain(value: object) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def raw_rows(businesses: Sequence[Facts] = BUSINESSES, ids: Sequence[str] = IDS) -> list[dict[str, Any]]:
    return [
        {"business_id": each, **{fact_id: plain(value) for fact_id, value in facts.items()}}
        for each, facts in zip(ids, businesses, strict=True)
    ]


def write_jsonl(file: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


def write_csv(file: Path, *lines: str) -> Path:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def write_parquet(file: Path, columns: Mapping[str, Any], **options: Any) -> Path:
    parquet.write_table(pa.table(columns), file, **options)
    return file


def typed_columns(businesses: Sequence[Facts] = BUSINESSES, ids: Sequence[str] = IDS) -> dict[str, Any]:
    columns: dict[str, Any] = {"business_id": pa.array(ids)}
    for fact_id in DICTIONARY:
        raw = [facts.get(fact_id) for facts in businesses]
        cells = [sorted(each) if isinstance(each, frozenset) else each for each in raw]
        columns[fact_id] = pa.array(cells, ARROW_TYPES[fact_id])
    return columns


def blocks_of(file: Path, columns: ColumnMap | None = None) -> list[Block]:
    reader = BlockReader(open_table(file), DICTIONARY, columns, frozenset(DICTIONARY))
    return [block for block, _ in reader.blocks()]


def catalogue_of(rules: Sequence[Rule]) -> Catalogue:
    """A catalogue as far as a run needs one: its items only have their rules."""

    class Bare:
        def __init__(self, rule: Rule) -> None:
            self.rule = rule

    return Catalogue(DICTIONARY, {rule.id: Bare(rule) for rule in rules}, ())  # type: ignore[misc]
