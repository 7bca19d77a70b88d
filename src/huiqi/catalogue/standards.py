"""Reads the national tables of catalogue/standards/ into the frozen values of core.standards."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chinese_calendar import constants as announced  # type: ignore[import-untyped]

from huiqi.catalogue.reading import read_yaml
from huiqi.core.standards.divisions import Division, Divisions
from huiqi.core.standards.industries import Industries
from huiqi.core.standards.size_class import Bounds, SizeRow, SizeStandard
from huiqi.core.standards.workdays import WorkdayTable

DIVISIONS_FILE = "divisions.csv"
INDUSTRIES_FILE = "industries.yaml"
SIZE_STANDARD_FILE = "size_standard.yaml"
DIVISION_COLUMNS = ("code", "name", "parent", "is_statistical")


class StandardsError(ValueError):
    """A table that cannot be used; the message names the file and is for people."""


def load_divisions(folder: Path) -> Divisions:
    """Divisions of the whole country to the county and of 焦作 to the town, from divisions.csv."""
    path = folder / DIVISIONS_FILE
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != DIVISION_COLUMNS:
            raise StandardsError(f"{path.name}：表头应为 {','.join(DIVISION_COLUMNS)}，请改正。")
        return Divisions(
            Division(row["code"], row["name"], row["parent"] or None, row["is_statistical"] == "1")
            for row in rows
        )


def load_industries(folder: Path) -> Industries:
    """The 20 sections and 97 divisions of GB/T 4754-2017, from industries.yaml."""
    raw = _mapping(folder / INDUSTRIES_FILE)
    return Industries(raw["sections"], raw["divisions"], raw["labels"])


def load_size_standard(folder: Path) -> SizeStandard:
    """The 2017 size classes, from size_standard.yaml."""
    raw = _mapping(folder / SIZE_STANDARD_FILE)
    return SizeStandard(raw["id"], tuple(map(_size_row, raw["rows"])), tuple(raw["not_applicable"]))


def load_workdays() -> WorkdayTable:
    """The years announced by the State Council, as kept by the package chinesecalendar."""
    holidays = frozenset(announced.holidays)
    return WorkdayTable(
        years=frozenset(day.year for day in holidays),
        holidays=holidays,
        makeup_days=frozenset(announced.workdays),
    )


def _mapping(path: Path) -> dict[str, Any]:
    raw = read_yaml(path)
    if not isinstance(raw, dict):
        raise StandardsError(f"{path.name}：内容应为键值对，请改正。")
    return raw


def _size_row(raw: Mapping[str, Any]) -> SizeRow:
    return SizeRow(
        name=raw["name"],
        scope=tuple(raw["scope"]),
        exclusions=tuple(raw.get("exclusions", ())),
        employees=_bounds(raw.get("employees")),
        revenue=_bounds(raw.get("revenue")),
        assets=_bounds(raw.get("assets")),
    )


def _bounds(raw: list[int] | None) -> Bounds | None:
    return None if raw is None else Bounds(*raw)
