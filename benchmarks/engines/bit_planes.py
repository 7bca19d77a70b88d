"""huiqi.population itself, two threads: encoding the columns is part of every run."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.synthetic import Cells, Population
from huiqi.core.rules.facts import Fact, FactType
from huiqi.population.columns import Block, BoolColumn, CodeColumn, Column, NumberColumn, SetColumn
from huiqi.population.kernel import Kernel
from huiqi.population.planes import pack
from huiqi.population.verdicts import VerdictBlock

BLOCK_ROWS = 262_144


class BitPlanes:
    """The project's own kernel."""

    name = "huiqi bit planes (NumPy, 2 threads, encoding included)"

    def __init__(self, population: Population, as_of: date) -> None:
        self._kernel = Kernel(population.plan, as_of, ThreadPoolExecutor(max_workers=1))
        # Blocks of one size, so that the kernel's work space is laid out once.
        size = -(-population.rows // -(-population.rows // BLOCK_ROWS))
        self._blocks = [
            _block(population, start, min(start + size, population.rows))
            for start in range(0, population.rows, size)
        ]

    def make_ready(self) -> None:
        """Only the compiled rules, with the classes of the codes met, are kept from one run to the next."""

    def run(self) -> list[VerdictBlock]:
        return [self._kernel.decide(block) for block in self._blocks]

    def codes(self, result: list[VerdictBlock]) -> NDArray[np.uint8]:
        return np.concatenate([block.codes() for block in result], axis=1)


def _block(population: Population, start: int, stop: int) -> Block:
    dictionary = population.plan.dictionary
    columns = {
        fact_id: _column(dictionary[fact_id], cells, slice(start, stop))
        for fact_id, cells in population.cells.items()
    }
    return Block(pa.nulls(stop - start, pa.string()), columns)


def _column(fact: Fact, cells: Cells, rows: slice) -> Column:
    present = pack(cells.known[rows])
    match fact.type:
        case FactType.BOOL:
            return BoolColumn(pack(cells.values[rows] & cells.known[rows]), present)
        case FactType.ENUM | FactType.CODE:
            return CodeColumn(cells.values[rows], cells.words, present)
        case FactType.SET:
            return SetColumn(cells.words, cells.values[:, rows], present)
        case _:
            return NumberColumn(cells.values[rows], present)
