"""The fact sheet (``catalogue/sheet.yaml``): groups, information classes, and how long a value keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from huiqi.catalogue.problems import CatalogueError, Problem
from huiqi.catalogue.reading import read_yaml
from huiqi.core.rules.facts import FactDictionary

SHEET_FILE = "sheet.yaml"
PUBLIC, OWN = "public", "own"


class Keeps(StrEnum):
    """How long what was observed of a fact can be relied on."""

    LASTING = "lasting"
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class InformationClass:
    """One class of the information directory for financing credit; ``owner`` is who keeps it."""

    code: str
    label: str
    owner: str
    needs_consent: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a fact stands: ``info_class`` is a code of the directory, `PUBLIC` or `OWN`."""

    fact: str
    group: str
    info_class: str
    keeps: Keeps


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """The whole sheet: group labels by id, in order, and every fact's place."""

    classes: Mapping[str, InformationClass]
    groups: Mapping[str, str]
    facts: Mapping[str, Placed]

    def consent_class(self, fact: str) -> str | None:
        """The class whose consent lets another read the fact; None where it needs none. What the sheet does
        not know is `OWN`: nobody's consent opens it.
        """
        placed = self.facts.get(fact)
        if placed is None or placed.info_class == OWN:
            return OWN
        if placed.info_class == PUBLIC or not self.classes[placed.info_class].needs_consent:
            return None
        return placed.info_class

    def keeps(self, fact: str) -> Keeps:
        """How long a value keeps; the shortest for what the sheet does not know."""
        placed = self.facts.get(fact)
        return placed.keeps if placed else Keeps.MONTH


def load_sheet(file: Path, dictionary: FactDictionary) -> SheetPlan:
    """Read the plan in a file; raises CatalogueError with every fault found."""
    return parse_sheet(read_yaml(file), dictionary, str(file))


def parse_sheet(raw: object, dictionary: FactDictionary, file: str = "") -> SheetPlan:
    """Read the plan from plain data: every fact of the dictionary stands in it, each once."""
    if not isinstance(raw, Mapping) or set(raw) != {"version", "classes", "groups"}:
        raise CatalogueError.single(file, "", "请写成 version、classes（信息类别）和 groups（分组）三项")
    try:
        classes = {code: InformationClass(code, **each) for code, each in raw["classes"].items()}
        groups = {each["id"]: each["label"] for each in raw["groups"]}
        lines = [
            (fact, each["id"], *written) for each in raw["groups"] for fact, written in each["facts"].items()
        ]
        placed = [Placed(fact, group, info, Keeps(keeps)) for fact, group, info, keeps in lines]
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        message = f"看不懂：{fault}。类别要有 label、owner、needs_consent，事实写成 [类别, 保鲜期]"
        raise CatalogueError.single(file, "", message) from fault
    problems = [Problem(file, path, said) for path, said in _faults(placed, classes, dictionary)]
    if problems:
        raise CatalogueError(problems)
    return SheetPlan(classes, groups, {each.fact: each for each in placed})


def _faults(
    placed: list[Placed], classes: Mapping[str, InformationClass], dictionary: FactDictionary
) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for each in placed:
        if each.fact not in dictionary:
            yield each.fact, "事实字典里没有这个事实。请对照 facts.yaml 改正名称"
        if each.fact in seen:
            yield each.fact, "这个事实写了两次，请只留一处"
        if each.info_class not in {PUBLIC, OWN, *classes}:
            yield each.fact, f"没有“{each.info_class}”这一类。请写 01–17、{PUBLIC} 或 {OWN}"
        seen.add(each.fact)
    for fact in dictionary:
        if fact not in seen:
            yield fact, "这个事实还没有放进任何一组。请补上它的类别和保鲜期"
