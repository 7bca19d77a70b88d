"""Maps from the columns of an outside table to facts of the dictionary (``catalogue/columns/*.yaml``).

A map is read once, strictly; whoever reads the table asks it for each cell, or once for each distinct cell
of a column. A cell a map cannot read for certain stays silent: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiqi.catalogue.problems import CatalogueError, Problem
from huiqi.catalogue.reading import read_yaml
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import Fact, FactDictionary, Value

_MAP_KEYS = {"version", "id", "name", "operator", "facts"}
_FACT_KEYS = {"from", "default"}
_SOURCE_KEYS = {"column", "values", "suffixes"}


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """One column a fact may be read from.

    With ``values`` or ``suffixes`` a cell speaks only where it equals a key of ``values`` or ends in a key
    of ``suffixes`` (tried in that order; the longest suffix wins). With neither, the cell itself is the raw
    value of the fact.
    """

    column: str
    values: Mapping[str, Value] = field(default_factory=dict)
    suffixes: Mapping[str, Value] = field(default_factory=dict)

    def read(self, cell: object, fact: Fact) -> Value | None:
        """The value in one cell, None where the cell is empty or says nothing certain.

        Raises RuleError where the cell itself is the value and is no value of ``fact``.
        """
        if _is_empty(cell):
            return None
        cell = cell.strip() if isinstance(cell, str) else cell
        if not self.values and not self.suffixes:
            return fact.parse(cell, self.column)
        text = str(cell)
        if text in self.values:
            return self.values[text]
        endings = [ending for ending in self.suffixes if text.endswith(ending)]
        return self.suffixes[max(endings, key=len)] if endings else None


@dataclass(frozen=True, slots=True)
class FactColumns:
    """The columns of one fact in order of preference; ``default`` where all of them are silent."""

    fact: str
    sources: tuple[ColumnSource, ...]
    default: Value | None = None

    def read(self, cells: Sequence[object], fact: Fact) -> Value | None:
        """The fact's value; ``cells`` holds one cell for each source, in their order."""
        for source, cell in zip(self.sources, cells, strict=True):
            value = source.read(cell, fact)
            if value is not None:
                return value
        return self.default


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column identifies the business and which columns say what of it.

    ``name`` and ``operator`` are the columns of its name and of who runs it, None where nobody said.
    """

    id_column: str
    facts: tuple[FactColumns, ...]
    name: str | None = None
    operator: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the map reads, each once, the business's own first."""
        named = (source.column for entry in self.facts for source in entry.sources)
        texts = (column for column in (self.name, self.operator) if column)
        return tuple(dict.fromkeys((self.id_column, *texts, *named)))


def load_column_map(file: Path, dictionary: FactDictionary) -> ColumnMap:
    """Read a column map; raises CatalogueError."""
    return parse_column_map(read_yaml(file), dictionary, str(file))


def parse_column_map(raw: object, dictionary: FactDictionary, file: str = "") -> ColumnMap:
    """Read a column map from plain data; raises CatalogueError with every fault found."""
    problems: list[Problem] = []

    def report(path: str, message: str) -> None:
        problems.append(Problem(file, path, message))

    if not isinstance(raw, Mapping):
        raise CatalogueError.single(file, "", "列对照表应是“id: 列名”和“facts: …”两项")
    for key in sorted(set(raw) - _MAP_KEYS):
        report(str(key), "不认识这一项。可用的有 id、name、operator、facts")
    id_column = raw.get("id")
    if not isinstance(id_column, str) or not id_column:
        report("id", "请写明哪一列是经营主体的编号")
    for key in ("name", "operator"):
        if key in raw and not (isinstance(raw[key], str) and raw[key]):
            report(key, "请写明列名，没有这一列就整项删去")
    entries = raw.get("facts")
    if not isinstance(entries, Mapping) or not entries:
        report("facts", "请至少写一个事实和它来自哪一列")
        entries = {}
    facts = tuple(_parse_facts(entries, dictionary, report))
    if problems:
        raise CatalogueError(problems)
    return ColumnMap(str(id_column), facts, raw.get("name"), raw.get("operator"))


def _parse_facts(
    entries: Mapping[Any, Any], dictionary: FactDictionary, report: Callable[[str, str], None]
) -> Iterator[FactColumns]:
    for fact_id, entry in entries.items():
        path = f"facts/{fact_id}"
        if fact_id not in dictionary:
            report(path, f"事实字典里没有“{fact_id}”。请对照 facts.yaml 改正名称")
            continue
        try:
            yield _parse_fact(entry, dictionary[fact_id], path)
        except RuleError as error:
            report(error.path, error.message)


def _parse_fact(raw: object, fact: Fact, path: str) -> FactColumns:
    if not isinstance(raw, Mapping):
        raise RuleError(path, "请写成 from（来自哪些列）和可选的 default（都没有时的值）")
    _refuse_unknown(raw, _FACT_KEYS, path)
    sources = raw.get("from")
    if not isinstance(sources, list) or not sources:
        raise RuleError(f"{path}/from", "请列出至少一列，按可信的先后排列")
    default = raw.get("default")
    return FactColumns(
        fact.id,
        tuple(_parse_source(source, fact, f"{path}/from[{n}]") for n, source in enumerate(sources)),
        None if default is None else fact.parse(default, f"{path}/default"),
    )


def _parse_source(raw: object, fact: Fact, path: str) -> ColumnSource:
    if not isinstance(raw, Mapping):
        raise RuleError(path, "请写成 column: 列名")
    _refuse_unknown(raw, _SOURCE_KEYS, path)
    column = raw.get("column")
    if not isinstance(column, str) or not column:
        raise RuleError(f"{path}/column", "请写明列名")
    values = dict(_parse_meanings(raw, "values", fact, path))
    suffixes = dict(_parse_meanings(raw, "suffixes", fact, path))
    return ColumnSource(column, values, suffixes)


def _parse_meanings(raw: Mapping[Any, Any], key: str, fact: Fact, path: str) -> Iterator[tuple[str, Value]]:
    meanings = raw.get(key, {})
    if not isinstance(meanings, Mapping) or (key in raw and not meanings):
        raise RuleError(f"{path}/{key}", "请写成“表里的写法: 事实的值”的对照")
    for text, value in meanings.items():
        yield str(text), fact.parse(value, f"{path}/{key}/{text}")


def _refuse_unknown(raw: Mapping[Any, Any], known: set[str], path: str) -> None:
    unknown = sorted(str(key) for key in set(raw) - known)
    if unknown:
        raise RuleError(path, f"不认识的项：{'、'.join(unknown)}。可用的有 {'、'.join(sorted(known))}")


def _is_empty(cell: object) -> bool:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    return isinstance(cell, str) and not cell.strip()
