"""Generates the demo city as one table: a row a business, a column a fact of the dictionary."""

import itertools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from huiqi.catalogue.classification import HOUSEHOLD_TYPE, Preset
from huiqi.catalogue.classification_format import P1_FILE, load_preset
from huiqi.catalogue.load import read_dictionary
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.catalogue.standards import load_size_standard
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.standards.size_class import SizeStandard
from huiqi.demo import columns
from huiqi.demo.areas import AREAS
from huiqi.demo.books import draw_books
from huiqi.demo.codes import credit_codes
from huiqi.demo.dice import Dice
from huiqi.demo.household import judge_households
from huiqi.demo.names import draw_names
from huiqi.demo.people_facts import owner_facts, staff_facts
from huiqi.demo.register import HEADS, Register, draw_register, register_facts
from huiqi.demo.tax_facts import statistics_facts, tax_facts
from huiqi.demo.trade_facts import loan_facts, service_facts, tobacco_facts, tour_facts
from huiqi.demo.venture_facts import venture_facts

DEFAULT_COUNT = 20_000
DEFAULT_SEED = 410_800
IDENTITY = ("business_id", "credit_code", "name", "operator")
_AS_OF = "huiqi_as_of"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the catalogue contributes: facts, the 分型 preset, the size standard."""

    dictionary: FactDictionary
    preset: Preset
    size_standard: SizeStandard


def load_ground(catalogue: Path | None = None) -> Ground:
    """Read it from `catalogue`, by default the one this installation carries; raises CatalogueError."""
    folder = shipped_path() if catalogue is None else catalogue
    dictionary = read_dictionary(folder / FACTS_FILE)
    return Ground(
        dictionary, load_preset(folder / P1_FILE, dictionary), load_size_standard(folder / "standards")
    )


def generate_city(
    count: int = DEFAULT_COUNT, seed: int = DEFAULT_SEED, *, as_of: date, ground: Ground | None = None
) -> pa.Table:
    """`count` invented businesses as they stand on `as_of`; the same arguments give the same table.

    Columns: business_id, credit_code, name, operator (null but for individuals and sole owners), then every
    fact of the dictionary, null where unknown. Facts that time changes by itself (months_since_established,
    founded_in_report_year) stay null: they are derived on the day of the question, so they stay right when
    the demo's clock moves on.
    """
    ground = load_ground() if ground is None else ground
    dice = (Dice(seed, part, count) for part in itertools.count())
    register = draw_register(next(dice), as_of)
    books = draw_books(register, next(dice))
    identity = _identity(register, next(dice))
    facts = (
        register_facts(register, next(dice))
        | tax_facts(register, books, next(dice))
        | statistics_facts(register, books, next(dice), ground.size_standard)
        | owner_facts(register, next(dice))
        | staff_facts(register, books, next(dice))
        | venture_facts(register, books, next(dice))
        | service_facts(register, next(dice))
        | loan_facts(register, books, next(dice))
        | tobacco_facts(register, next(dice))
        | tour_facts(register, next(dice))
    )
    facts[HOUSEHOLD_TYPE] = judge_households(facts, ground.preset, as_of, ground.dictionary)
    for fact_id, fact in ground.dictionary.items():
        facts.setdefault(fact_id, columns.unknown(fact.type, count))
    return pa.table(identity | {fact_id: facts[fact_id] for fact_id in ground.dictionary})


def _identity(register: Register, dice: Dice) -> dict[str, pa.Array]:
    heads = [HEADS[kind] for kind in register.kind]
    areas = [AREAS[area].registering_code for area in register.area]
    names, operators = draw_names(register, dice)
    return {
        "business_id": pa.array([f"demo-{number:07d}" for number in range(1, register.count + 1)]),
        "credit_code": pa.array(credit_codes(heads, areas), pa.string()),
        "name": names,
        "operator": operators,
    }


def write_city(
    path: Path,
    *,
    as_of: date,
    count: int = DEFAULT_COUNT,
    seed: int = DEFAULT_SEED,
    ground: Ground | None = None,
) -> pa.Table:
    """Write the city as Parquet, complete or not at all; the same arguments give the same bytes."""
    table = generate_city(count, seed, as_of=as_of, ground=ground)
    path.parent.mkdir(parents=True, exist_ok=True)
    dated = table.replace_schema_metadata({_AS_OF: as_of.isoformat()})
    unfinished = path.with_name(f"{path.name}.unfinished")
    parquet.write_table(dated, unfinished, compression="zstd", row_group_size=100_000, version="2.6")
    unfinished.replace(path)
    return table


def written_city(path: Path) -> tuple[int, date] | None:
    """How many businesses a written city has and the day it shows; None where it has to be made anew: no
    file, half of one, or one of an earlier version.
    """
    try:
        file = parquet.read_metadata(path)
        day = (file.metadata or {}).get(_AS_OF.encode(), b"").decode()
        return int(file.num_rows), date.fromisoformat(day)
    except (FileNotFoundError, pa.ArrowInvalid, ValueError):
        return None
