"""Questions that ask for several facts on one screen (``catalogue/questions.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from huiqi.catalogue.problems import CatalogueError, Problem
from huiqi.catalogue.reading import read_yaml
from huiqi.core.rules.asking import TickList
from huiqi.core.rules.facts import NUMERIC, Fact, FactDictionary, FactType

QUESTIONS_FILE = "questions.yaml"
_FILE_KEYS = {"version", "lists"}
_ID = re.compile("[a-z]+")
_LIST_KEYS = {"id", "text", "ticks"}


def load_tick_lists(file: Path, dictionary: FactDictionary) -> tuple[TickList, ...]:
    """Read the tick-lists in a file; raises CatalogueError with every fault found."""
    return parse_tick_lists(read_yaml(file), dictionary, str(file))


def parse_tick_lists(raw: object, dictionary: FactDictionary, file: str = "") -> tuple[TickList, ...]:
    """Read tick-lists from plain data; a fact stands in one list only, with words of its own."""
    if not isinstance(raw, Mapping) or set(raw) != _FILE_KEYS or not isinstance(raw["lists"], list):
        raise CatalogueError.single(file, "", "请写成 version 和 lists（多选题的列表）两项")
    problems: list[Problem] = []
    found: dict[str, TickList] = {}
    taken: set[str] = set()
    for number, entry in enumerate(raw["lists"]):
        path = f"lists[{number}]"
        faults = _faults(entry, found.keys())
        if not faults:
            faults = list(_tick_faults(entry["ticks"], dictionary, taken))
        problems += [Problem(file, f"{path}/{key}" if key else path, message) for key, message in faults]
        if not faults:
            found[entry["id"]] = TickList(entry["id"], entry["text"], dict(entry["ticks"]))
            taken |= set(entry["ticks"])
    if problems:
        raise CatalogueError(problems)
    return tuple(found.values())


def _faults(entry: object, ids: Collection[str]) -> list[tuple[str, str]]:
    """Places inside one entry with what is wrong there."""
    if not isinstance(entry, Mapping) or set(entry) != _LIST_KEYS:
        return [("", "请写成 id、text（怎么问）和 ticks（事实: 选项的说法）三项")]
    faults = []
    if not isinstance(entry["id"], str) or not _ID.fullmatch(entry["id"]) or entry["id"] in ids:
        faults.append(("id", "请用小写字母写一个编号，不要和别的重复"))
    if not isinstance(entry["text"], str) or not entry["text"]:
        faults.append(("text", "请写明怎么问"))
    if not isinstance(entry["ticks"], Mapping) or len(entry["ticks"]) < 2:
        faults.append(("ticks", "请至少写两个事实和它们的说法"))
    return faults


def _tick_faults(
    ticks: Mapping[str, object], dictionary: FactDictionary, taken: Collection[str]
) -> Iterator[tuple[str, str]]:
    for fact_id, words in ticks.items():
        if fact_id not in dictionary:
            yield f"ticks/{fact_id}", f"事实字典里没有“{fact_id}”。请对照 facts.yaml 改正名称"
        elif not _can_be_ticked(dictionary[fact_id]):
            yield f"ticks/{fact_id}", "多选题里只能放“是否”型和可以为 0 的数字型事实"
        elif fact_id in taken:
            yield f"ticks/{fact_id}", "这个事实已经在别的多选题里了，请只留一处"
        elif not isinstance(words, str) or not words:
            yield f"ticks/{fact_id}", "请写明选项的说法"


def _can_be_ticked(fact: Fact) -> bool:
    """What is not ticked must be a value: a no, or a 0 that lies within the bounds."""
    return fact.type is FactType.BOOL or (fact.type in NUMERIC and fact.minimum == 0)
