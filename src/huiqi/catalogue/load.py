"""Loads a whole catalogue folder: all of it is checked, every problem reported, nothing half-loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from huiqi.catalogue.exclusions import load_exclusions
from huiqi.catalogue.item_reading import parse_case, parse_item
from huiqi.catalogue.items import Catalogue, Item, WorkedCase
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.catalogue.problems import CatalogueError, Problem
from huiqi.catalogue.reading import FILE_LIMIT, read_json, read_yaml
from huiqi.core.rules.dictionary import parse_dictionary
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import FactDictionary

ITEMS_FOLDER = "items"


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue in ``path`` (by default the one this installation carries); raises CatalogueError."""
    folder = shipped_path() if path is None else path
    dictionary = read_dictionary(folder / FACTS_FILE)
    catalogue = assemble(dictionary, read_folder(folder / ITEMS_FOLDER, dictionary))
    return replace(catalogue, exclusions=load_exclusions(folder, catalogue.items))


def read_dictionary(file: Path) -> FactDictionary:
    """The fact dictionary in a YAML or JSON file; raises CatalogueError."""
    raw = read_json(file) if file.suffix == ".json" else read_yaml(file, FILE_LIMIT)
    try:
        return parse_dictionary(raw)
    except RuleError as error:
        raise CatalogueError.single(str(file), error.path, error.message) from None


def read_item_file(file: Path, dictionary: FactDictionary) -> tuple[Item, tuple[WorkedCase, ...]]:
    """The item in one YAML file and its worked cases; raises CatalogueError with every fault of the file."""
    raw = read_yaml(file)
    problems: list[Problem] = []
    item: Item | None = None
    try:
        item = parse_item(raw, dictionary, str(file))
    except CatalogueError as error:
        problems.extend(error.problems)
    item_id = str(raw.get("id")) if isinstance(raw, dict) else ""
    cases: list[WorkedCase] = []
    for number, raw_case in enumerate(_raw_cases(raw, str(file), problems)):
        try:
            cases.append(parse_case(raw_case, dictionary, item_id, str(file), f"cases[{number}]"))
        except CatalogueError as error:
            problems.extend(error.problems)
    if item is None or problems:
        raise CatalogueError(problems)
    return item, tuple(cases)


def _raw_cases(raw: object, file: str, problems: list[Problem]) -> list[object]:
    cases = raw.get("cases", []) if isinstance(raw, dict) else []
    if isinstance(cases, list):
        return cases
    problems.append(Problem(file, "cases", "请写成列表；没有就写 []"))
    return []


@dataclass(frozen=True, slots=True)
class Reading:
    """One file or line read: its place, what was in it, what was wrong with it."""

    place: str
    item: Item | None = None
    cases: tuple[WorkedCase, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_folder(folder: Path, dictionary: FactDictionary) -> Iterator[Reading]:
    """Read every item file below ``folder``; a file in the wrong place is a problem of that file."""
    if not folder.is_dir():
        raise CatalogueError.single(
            str(folder), "", "没有这个文件夹。政策事项应放在 items/区划代码/编号.yaml"
        )
    for file in sorted(folder.rglob("*.y*ml")):
        reading = read_item_place(file, dictionary)
        misplaced = () if reading.item is None else _misplaced(file, folder, reading.item)
        yield replace(reading, problems=(*reading.problems, *misplaced))


def read_item_place(file: Path, dictionary: FactDictionary) -> Reading:
    """Read one item file, with its problems kept instead of raised."""
    try:
        item, cases = read_item_file(file, dictionary)
    except CatalogueError as error:
        return Reading(str(file), problems=error.problems)
    return Reading(str(file), item, cases)


def _misplaced(file: Path, folder: Path, item: Item) -> Iterator[Problem]:
    expected = folder / item.region_code / f"{item.id}.yaml"
    if file != expected:
        yield Problem(
            str(file), "id", f"文件名和文件夹要与内容一致，应放在 {item.region_code}/{item.id}.yaml"
        )


def assemble(dictionary: FactDictionary, readings: Iterable[Reading]) -> Catalogue:
    """Put together what was read; raises CatalogueError with every problem, duplicate ids among them."""
    problems: list[Problem] = []
    items: dict[str, Item] = {}
    places: dict[str, str] = {}
    cases: list[WorkedCase] = []
    for reading in readings:
        problems.extend(reading.problems)
        cases.extend(reading.cases)
        item, place = reading.item, reading.place
        if item is None:
            continue
        if item.id in items:
            message = f"编号“{item.id}”与 {places[item.id]} 重复。请改成不同的编号，或删去一个"
            problems.append(Problem(place, "id", message))
        items[item.id] = item
        places[item.id] = place
    problems.extend(_repeated_cases(cases, places))
    if problems:
        raise CatalogueError(problems)
    return Catalogue(dictionary, items, tuple(cases))


def _repeated_cases(cases: Iterable[WorkedCase], places: dict[str, str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            yield Problem(places.get(case.item_id, ""), "cases", f"算例编号“{case.id}”重复。请改成不同的编号")
        seen.add(case.id)
