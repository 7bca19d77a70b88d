"""The shape in which libraries are handed over: facts.json, policies.jsonl, cases.jsonl.

The same content as the YAML tree in three files. An item names its source in three flat keys and leaves
carry no ``clause``; the grade follows from the kind of source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from huiqi.catalogue.item_reading import parse_case, parse_item
from huiqi.catalogue.item_writing import case_to_raw, dictionary_to_raw, item_to_raw
from huiqi.catalogue.items import GRADE_OF, Catalogue, Grade, Item, SourceKind, WorkedCase
from huiqi.catalogue.load import Reading, assemble, read_dictionary, read_folder, read_item_place
from huiqi.catalogue.problems import CatalogueError, Problem
from huiqi.catalogue.reading import json_lines, read_json_line
from huiqi.core.rules.conditions import OPS_BY_TYPE, Op
from huiqi.core.rules.facts import FactDictionary

FACTS_FILE, ITEMS_FILE, CASES_FILE = "facts.json", "policies.jsonl", "cases.jsonl"
# The place inside our own shape, and the name of the same thing in the exchange shape.
_ITEM_NAMES = {"source/url": "source_url", "source/kind": "source_kind", "source/confidence": "confidence"}
_CASE_NAMES = {"id": "case_id", "facts": "entity"}


def load_exchange(facts: Path, items: Path, cases: Path | None = None) -> Catalogue:
    """A catalogue from exchange files; raises CatalogueError with every fault found.

    ``facts`` may be YAML, and ``items`` an item file or folder of our own shape, which brings its cases;
    ``cases`` takes their place.
    """
    dictionary = read_dictionary(facts)
    catalogue = assemble(dictionary, _read_items(items, dictionary))
    if cases is None:
        return catalogue
    readings = _read_cases(cases, dictionary, catalogue.items)
    return replace(catalogue, cases=assemble(dictionary, readings).cases)


def _read_items(source: Path, dictionary: FactDictionary) -> Iterator[Reading]:
    if source.is_dir():
        yield from read_folder(source, dictionary)
    elif source.suffix in (".yaml", ".yml"):
        yield read_item_place(source, dictionary)
    else:
        yield from _read_item_lines(source, dictionary)


def _read_item_lines(file: Path, dictionary: FactDictionary) -> Iterator[Reading]:
    for place, line in json_lines(file):
        try:
            item = parse_exchange_item(read_json_line(line, place), dictionary, place)
        except CatalogueError as error:
            yield Reading(place, problems=error.problems)
        else:
            yield Reading(place, item)


def _read_cases(file: Path, dictionary: FactDictionary, items: Mapping[str, Item]) -> Iterator[Reading]:
    for place, line in json_lines(file):
        try:
            case = parse_exchange_case(read_json_line(line, place), dictionary, place)
            if case.item_id not in items:
                raise CatalogueError.single(place, "item_id", f"没有编号为“{case.item_id}”的事项。请核对编号")
        except CatalogueError as error:
            yield Reading(place, problems=error.problems)
        else:
            yield Reading(place, cases=(case,))


def parse_exchange_item(raw: object, dictionary: FactDictionary, place: str = "") -> Item:
    """Read one item of the exchange shape; raises CatalogueError with the names of that shape."""
    if isinstance(raw, Mapping):
        _refuse_names(raw, ("source",), place)
        kind = raw.get("source_kind")
        grade = GRADE_OF[SourceKind(kind)] if kind in list(SourceKind) else Grade.C
        source = {inner.partition("/")[2]: raw[outer] for inner, outer in _ITEM_NAMES.items() if outer in raw}
        others = {key: value for key, value in raw.items() if key not in _ITEM_NAMES.values()}
        raw = {**others, "source": {**source, "grade": grade.value}}
    try:
        return parse_item(raw, dictionary, place)
    except CatalogueError as error:
        raise CatalogueError(_renamed(error.problems, _ITEM_NAMES)) from None


def parse_exchange_case(raw: object, dictionary: FactDictionary, place: str = "") -> WorkedCase:
    """Read one worked case of the exchange shape; raises CatalogueError with the names of that shape."""
    item_id = ""
    if isinstance(raw, Mapping):
        _refuse_names(raw, _CASE_NAMES, place)
        item_id = raw.get("item_id", "")
        if not isinstance(item_id, str) or not item_id:
            raise CatalogueError.single(place, "item_id", "请写明是哪个事项的算例")
        inner_names = {outer: inner for inner, outer in _CASE_NAMES.items()}
        raw = {inner_names.get(key, key): value for key, value in raw.items() if key != "item_id"}
    try:
        return parse_case(raw, dictionary, item_id, place)
    except CatalogueError as error:
        raise CatalogueError(_renamed(error.problems, _CASE_NAMES)) from None


def _refuse_names(raw: Mapping[Any, Any], names: Iterable[str], place: str) -> None:
    for name in names:
        if name in raw:
            raise CatalogueError.single(place, name, "不认识这一项。请对照说明改正名称，或删去")


def _renamed(problems: Iterable[Problem], names: Mapping[str, str]) -> Iterator[Problem]:
    for problem in problems:
        inner = next((name for name in names if f"{problem.path}/".startswith(f"{name}/")), None)
        yield problem if inner is None else replace(problem, path=names[inner] + problem.path[len(inner) :])


def write_exchange(catalogue: Catalogue, folder: Path) -> None:
    """Write the three exchange files into ``folder``. Clauses, grades and nothing else are left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = {
        "version": catalogue.dictionary.version,
        "ops_by_type": {
            kind.value: [op.value for op in Op if op in allowed] for kind, allowed in OPS_BY_TYPE.items()
        },
        "facts": dictionary_to_raw(catalogue.dictionary),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (folder / FACTS_FILE).write_text(text + "\n", encoding="utf-8")
    _write_lines(folder / ITEMS_FILE, map(exchange_item, catalogue.items.values()))
    _write_lines(folder / CASES_FILE, map(exchange_case, catalogue.cases))


def exchange_item(item: Item) -> dict[str, Any]:
    """One item in the exchange shape."""
    raw = item_to_raw(item)
    source = raw.pop("source")
    raw["conditions"] = _without_clauses(raw["conditions"])
    for tier in raw["benefit"].get("tiers", []):
        tier["when"] = _without_clauses(tier["when"])
    return {**raw, **{outer: source[inner.partition("/")[2]] for inner, outer in _ITEM_NAMES.items()}}


def exchange_case(case: WorkedCase) -> dict[str, Any]:
    """One worked case in the exchange shape."""
    raw = {_CASE_NAMES.get(key, key): value for key, value in case_to_raw(case).items()}
    return {"case_id": raw.pop("case_id"), "item_id": case.item_id, **raw}


def _without_clauses(raw: Any) -> Any:
    if isinstance(raw, list):
        return [_without_clauses(child) for child in raw]
    if isinstance(raw, dict):
        return {key: _without_clauses(value) for key, value in raw.items() if key != "clause"}
    return raw


def _write_lines(file: Path, values: Iterable[dict[str, Any]]) -> None:
    lines = (json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    file.write_text("".join(lines), encoding="utf-8")
