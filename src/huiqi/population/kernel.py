"""The kernel: a compiled plan over a block of businesses, two planes a node.

A node keeps the rows where it is certainly true and the rows where it is possibly true (true or unknown).
Strong Kleene logic is then two-valued logic on both planes at once: ``all`` is *and*, ``any`` is *or*, and
``not`` swaps the planes and inverts them. Equal leaves and equal sub-trees are computed once a block.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiqi.core.rules.plan import NodeKind, Plan
from huiqi.core.rules.rule import WindowState
from huiqi.population.columns import Block, Column
from huiqi.population.encoding import Encoder, FactLeaves, encoder_for
from huiqi.population.planes import Plane, full_plane, words_for
from huiqi.population.verdicts import VerdictBlock

CERTAIN, POSSIBLE = 0, 1
ALL_ROWS = ~np.uint64(0)

Work = NDArray[np.uint64]  # (slots, CERTAIN and POSSIBLE, words); a slot is one node of the plan


class Kernel:
    """Decides blocks of businesses against one plan on one day. Not to be shared between threads.

    Facts that can be derived must be among the columns already (see derived.py). A ``helper`` reads half of
    the columns of each block; what follows is too fine for two threads under Python's lock.
    """

    def __init__(self, plan: Plan, as_of: date, helper: Executor | None = None) -> None:
        self.plan = plan
        self._helper = helper
        self._open = [
            number for number, rule in enumerate(plan.rules) if rule.window.state(as_of) is WindowState.OPEN
        ]
        self._slots: dict[int, int] = {}
        self._readers: list[_FactReader] = []
        self._assign_slots(_needed(plan, (plan.roots[number] for number in self._open)))
        self._readers.sort(key=lambda reader: reader.weight, reverse=True)
        self._work: Work = np.empty((len(self._slots), 2, 0), np.uint64)
        self._steps: list[tuple[Any, ...]] = []

    @property
    def facts(self) -> frozenset[str]:
        """The facts the rules in force ask for; other columns are never looked at."""
        return frozenset(reader.fact_id for reader in self._readers)

    def decide(self, block: Block) -> VerdictBlock:
        """The verdict planes of one block; a column the block does not have is unknown throughout."""
        words = words_for(block.rows)
        if self._work.shape[2] != words:
            self._bind(words)
        if self._helper is None:
            self._read(block, self._readers)
        else:
            other_half = self._helper.submit(self._read, block, self._readers[1::2])
            self._read(block, self._readers[::2])
            other_half.result()
        for combine, *operands in self._steps:
            combine(*operands)
        return self._collect(block, words)

    def _read(self, block: Block, readers: Iterable["_FactReader"]) -> None:
        for reader in readers:
            reader.read(block.columns.get(reader.fact_id), self._work)

    def _assign_slots(self, nodes: list[int]) -> None:
        """Give the leaves of one fact neighbouring slots, then the other nodes in their own order."""
        by_fact: dict[str, list[int]] = {}
        for node in nodes:
            if self.plan.nodes[node].kind is NodeKind.LEAF:
                leaf = self.plan.leaves[self.plan.nodes[node].children[0]]
                by_fact.setdefault(leaf.fact, []).append(node)
        for fact_id, leaf_nodes in by_fact.items():
            leaves = tuple(self.plan.leaves[self.plan.nodes[node].children[0]] for node in leaf_nodes)
            asked = FactLeaves(self.plan.dictionary[fact_id], leaves)
            self._readers.append(_FactReader(asked, len(self._slots)))
            self._slots |= {node: len(self._slots) + place for place, node in enumerate(leaf_nodes)}
        for node in nodes:
            self._slots.setdefault(node, len(self._slots))

    def _bind(self, words: int) -> None:
        """Make room for blocks of one size and fix every operation on it in advance."""
        self._work = np.empty((len(self._slots), 2, words), np.uint64)
        self._steps = []
        for node, slot in self._slots.items():
            kind, children = self.plan.nodes[node].kind, self.plan.nodes[node].children
            if kind is not NodeKind.LEAF:
                inputs = [self._work[self._slots[child]] for child in children]
                self._steps += _steps(kind, inputs, self._work[slot])

    def _collect(self, block: Block, words: int) -> VerdictBlock:
        verdicts = np.zeros((2, len(self.plan.rules), words), np.uint64)
        eligible, unknown = verdicts
        for number in self._open:
            certain, possible = self._work[self._slots[self.plan.roots[number]]]
            eligible[number] = certain
            np.bitwise_xor(certain, possible, out=unknown[number])
        verdicts[..., -1:] &= full_plane(block.rows)[-1:]
        return VerdictBlock(block.ids, eligible, unknown)


class _FactReader:
    """Writes the leaves of one fact, which stand in neighbouring slots."""

    def __init__(self, asked: FactLeaves, first_slot: int) -> None:
        self.fact_id = asked.fact.id
        self.weight = len(asked.leaves)
        self._slots = slice(first_slot, first_slot + len(asked.leaves))
        self._when_missing = asked.states_when_missing()
        self._encoder: Encoder[Any] = encoder_for(asked)

    def read(self, column: Column | None, work: Work) -> None:
        certain, possible = work[self._slots, CERTAIN], work[self._slots, POSSIBLE]
        if column is None:
            certain[:], possible[:], missing = 0, ALL_ROWS, np.full(work.shape[2], ALL_ROWS)
        else:
            encoding = self._encoder.encode(column)
            encoding.book.write(encoding.planes, certain, possible)
            missing = ~column.present
        for leaf, state in enumerate(self._when_missing):
            if state is True:
                certain[leaf] |= missing
            elif state is False:
                possible[leaf] = certain[leaf]


def _needed(plan: Plan, roots: Iterable[int]) -> list[int]:
    """The nodes below some root, children before parents."""
    needed: set[int] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in needed:
            needed.add(node)
            waiting += () if plan.nodes[node].kind is NodeKind.LEAF else plan.nodes[node].children
    return sorted(needed)


def _steps(kind: NodeKind, children: list[Plane], out: Plane) -> Iterator[tuple[Any, ...]]:
    """The array operations that make one inner node of its children, as function and operands."""
    if kind is NodeKind.NOT:
        yield np.invert, children[0][::-1], out
        return
    combine = np.bitwise_and if kind is NodeKind.ALL else np.bitwise_or
    yield combine, children[0], children[1], out
    for child in children[2:]:
        yield combine, out, child, out
