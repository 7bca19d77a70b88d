"""Items that may not be enjoyed together (``catalogue/exclusions.yaml``): of each group one counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from huiqi.catalogue.fields import FaultList, Fields
from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.reading import read_yaml

EXCLUSIONS_FILE = "exclusions.yaml"
_GROUP_KEYS = frozenset({"id", "items", "sentence", "basis", "grade"})


class ExclusionGrade(StrEnum):
    """What a group rests on: a source of grade A, B or C, or our own conclusion from the rules."""

    A = "A"
    B = "B"
    C = "C"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A group of items of which one counts: why, in words, and what that rests on."""

    id: str
    items: tuple[str, ...]
    sentence: str
    basis: str
    grade: ExclusionGrade

    @property
    def is_inferred(self) -> bool:
        return self.grade is ExclusionGrade.INFERRED


def load_exclusions(
    folder: Path | None = None, known: Collection[str] | None = None
) -> tuple[Exclusion, ...]:
    """The groups in ``exclusions.yaml`` of a catalogue folder, none where it has no such file.

    ``known`` are the ids items may have, None where they are not to be checked. Raises CatalogueError with
    every fault found.
    """
    file = (shipped_path() if folder is None else folder) / EXCLUSIONS_FILE
    return parse_exclusions(read_yaml(file), str(file), known) if file.is_file() else ()


def parse_exclusions(
    raw: object, file: str = "", known: Collection[str] | None = None
) -> tuple[Exclusion, ...]:
    """Read the groups from plain data; raises CatalogueError with every fault found."""
    faults = FaultList(file)
    whole = Fields(raw, "", faults, required=frozenset({"version", "groups"}))
    groups = tuple(_group(each, path, whole) for path, each in whole.mappings("groups"))
    for number, group in enumerate(groups):
        path = f"groups[{number}]"
        if group.id in [earlier.id for earlier in groups[:number]]:
            faults.add(f"{path}/id", f"编号“{group.id}”写了两次。请改成不同的编号")
        if len(set(group.items)) < max(2, len(group.items)):
            faults.add(f"{path}/items", "请至少写两个不同的事项编号，每个只写一次")
        for item_id in group.items:
            if known is not None and item_id not in known:
                faults.add(f"{path}/items", f"政策库里没有编号为“{item_id}”的事项。请核对编号，或删去")
    faults.raise_any()
    return groups


def _group(raw: object, path: str, whole: Fields) -> Exclusion:
    fields = Fields(raw, path, whole.faults, required=_GROUP_KEYS)
    return Exclusion(
        id=fields.text("id"),
        items=fields.texts("items"),
        sentence=fields.text("sentence"),
        basis=fields.text("basis"),
        grade=fields.member("grade", ExclusionGrade),
    )
