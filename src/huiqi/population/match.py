"""Everyone against everything: one plan over all blocks of a table of businesses."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from huiqi.catalogue.columns import ColumnMap
from huiqi.catalogue.items import Catalogue
from huiqi.core.rules.evaluation import Verdict
from huiqi.core.rules.plan import Plan, compile_plan
from huiqi.core.standards.size_class import SizeStandard
from huiqi.population.columns import Block
from huiqi.population.derived import INPUTS, Deriver
from huiqi.population.kernel import Kernel
from huiqi.population.long_table import LongTable
from huiqi.population.reading.blocks import BlockReader
from huiqi.population.reading.errors import BusinessesError
from huiqi.population.reading.open_table import open_table
from huiqi.population.verdicts import VerdictBlock


@dataclass(frozen=True, slots=True)
class MatchSummary:
    """What a run did. ``ignored_columns`` of the table stand for no fact and were not read."""

    businesses: int
    items: int
    pairs: int
    seconds: float
    counts: Mapping[Verdict, int]
    ignored_columns: tuple[str, ...]


def match_table(
    plan: Plan, blocks: Iterable[Block], as_of: date, size_standard: SizeStandard | None = None
) -> Iterator[VerdictBlock]:
    """Decide every business of every block; facts are derived where absent."""
    with ThreadPoolExecutor(max_workers=1) as helper:
        kernel = Kernel(plan, as_of, helper)
        deriver = Deriver(as_of, size_standard, kernel.facts)
        for block in blocks:
            yield kernel.decide(deriver.derive(block))


def run_match(
    businesses: Path,
    out: Path,
    catalogue: Catalogue,
    *,
    as_of: date,
    columns: ColumnMap | None = None,
    size_standard: SizeStandard | None = None,
    progress: Callable[[float], object] | None = None,
) -> MatchSummary:
    """Match a file of businesses with all items and write the long table to ``out``.

    ``progress`` is told the share done, from 0 to 1. Raises BusinessesError for a table that cannot be
    read; ``out`` is then as it was before.
    """
    began = time.perf_counter()
    plan = compile_plan((item.rule for item in catalogue.items.values()), catalogue.dictionary)
    wanted = _with_inputs(Kernel(plan, as_of).facts) & frozenset(catalogue.dictionary)
    reader = BlockReader(open_table(businesses), catalogue.dictionary, columns, wanted)
    if out.exists() and out.samefile(businesses):
        raise BusinessesError(out, "结果会盖掉经营主体表本身。请换一个文件名")
    counted = 0
    counts = dict.fromkeys(Verdict, 0)
    shares: deque[float] = deque()
    decisions = match_table(plan, _noting(reader, shares), as_of, size_standard)
    with LongTable(out, [rule.id for rule in plan.rules]) as long_table:
        for decided in _one_ahead(decisions):
            long_table.write(decided)
            counted += decided.rows
            for verdict, each in decided.counts().items():
                counts[verdict] += int(each.sum())
            if progress is not None:
                progress(shares.popleft())
        if not counted:
            raise BusinessesError(businesses, "表里没有一家经营主体。请检查是不是导出时选错了范围")
    return MatchSummary(
        businesses=counted,
        items=len(plan.rules),
        pairs=counted * len(plan.rules),
        seconds=time.perf_counter() - began,
        counts=counts,
        ignored_columns=tuple(reader.ignored),
    )


def _with_inputs(facts: frozenset[str]) -> frozenset[str]:
    """The facts themselves and those they may be derived from."""
    return facts.union(*(INPUTS[fact_id] for fact_id in facts if fact_id in INPUTS))


def _noting(reader: BlockReader, shares: deque[float]) -> Iterator[Block]:
    for block, share in reader.blocks():
        shares.append(share)
        yield block


def _one_ahead(items: Iterator[VerdictBlock]) -> Iterator[VerdictBlock]:
    """The same items; while one is in use the next is made in another thread."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = maker.submit(next, items, None)
            yield item
