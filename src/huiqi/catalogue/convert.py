"""Turns a library handed over as JSON Lines into one reviewable file an item.

    python -m huiqi.catalogue.convert POLICIES_DIR CATALOGUE_DIR

POLICIES_DIR holds policies.jsonl and cases.jsonl; CATALOGUE_DIR holds facts.yaml already. A file that is
there already is never written over, because people have worked on it since: it is read, compared with the
source, and what differs beyond additions is listed for review.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from huiqi.catalogue.exchange import CASES_FILE, ITEMS_FILE, load_exchange
from huiqi.catalogue.item_writing import item_file_text
from huiqi.catalogue.items import Catalogue, Item, WorkedCase
from huiqi.catalogue.load import ITEMS_FOLDER, read_item_file
from huiqi.catalogue.paths import FACTS_FILE
from huiqi.catalogue.problems import CatalogueError

# What no library handed over has said so far; people write it from the page or from the catalogue itself.
ADDED_BY_HAND = ("office", "phone", "superseded_by")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one item: ``differences`` name the parts that no longer say what the source says."""

    file: Path
    is_written: bool
    differences: tuple[str, ...] = ()


def convert(source: Path, target: Path) -> tuple[Conversion, ...]:
    """Write an item file for each item of ``source`` that ``target`` lacks; raises CatalogueError.

    Everything is read and checked before the first file is written.
    """
    catalogue = load_exchange(target / FACTS_FILE, source / ITEMS_FILE, source / CASES_FILE)
    conversions = [_planned(catalogue, item, target) for item in catalogue.items.values()]
    for item, conversion in zip(catalogue.items.values(), conversions, strict=True):
        if conversion.is_written:
            conversion.file.parent.mkdir(parents=True, exist_ok=True)
            text = item_file_text(item, catalogue.cases_of(item.id))
            conversion.file.write_text(text, encoding="utf-8")
    return tuple(conversions)


def _planned(catalogue: Catalogue, item: Item, target: Path) -> Conversion:
    file = target / ITEMS_FOLDER / item.region_code / f"{item.id}.yaml"
    if not file.exists():
        return Conversion(file, is_written=True)
    kept, kept_cases = read_item_file(file, catalogue.dictionary)
    found = differences(item, catalogue.cases_of(item.id), kept, kept_cases)
    return Conversion(file, is_written=False, differences=tuple(found))


def differences(
    item: Item, cases: Sequence[WorkedCase], kept: Item, kept_cases: Sequence[WorkedCase]
) -> Iterator[str]:
    """Name the parts in which ``kept`` contradicts its source.

    Additions are no contradiction: clause numbers (they are no part of a leaf's equality), sentences and
    manual checks after those of the source, a formula beside its words, whom to ask, the item that came
    after, more in the note, a grade given by hand, further cases.
    """
    compared = replace(
        kept,
        conditions_text=kept.conditions_text[: len(item.conditions_text)],
        manual_checks=kept.manual_checks[: len(item.manual_checks)],
        benefit=replace(kept.benefit, amount=kept.benefit.amount if item.benefit.amount else None),
        source=replace(kept.source, grade=item.source.grade),
        note=item.note if (kept.note or "").startswith(item.note or "") else kept.note,
    )
    for field in fields(Item):
        given = getattr(item, field.name)
        is_added = given is None and field.name in ADDED_BY_HAND
        if given != getattr(compared, field.name) and not is_added:
            yield field.name
    by_id = {case.id: case for case in kept_cases}
    for case in cases:
        if by_id.get(case.id) != case:
            yield f"cases/{case.id}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns 0, or 2 where something cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m huiqi.catalogue.convert")
    parser.add_argument("policies", type=Path, metavar="POLICIES_DIR")
    parser.add_argument("catalogue", type=Path, metavar="CATALOGUE_DIR")
    chosen = parser.parse_args(arguments)
    try:
        conversions = convert(chosen.policies, chosen.catalogue)
    except CatalogueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for conversion in conversions:
        if conversion.differences:
            sys.stdout.write(f"{conversion.file}：与来源不同，请复核：{'、'.join(conversion.differences)}\n")
    written = sum(conversion.is_written for conversion in conversions)
    sys.stdout.write(f"新写 {written} 项，已有 {len(conversions) - written} 项未改动\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
