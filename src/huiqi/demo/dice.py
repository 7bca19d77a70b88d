"""Chance for the demo city, drawn from uniform numbers only.

PCG64 and its uniform doubles are stable across NumPy versions; the other distributions are not promised
to be. Each part of the city has dice of its own, so a new fact in one part does not stir the others.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Dice:
    """Draws one value for each of `count` businesses at a time."""

    def __init__(self, seed: int, part: int, count: int) -> None:
        self.count = count
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, part])))

    def uniform(self) -> Floats:
        """In [0, 1)."""
        return self._generator.random(self.count)

    def chance(self, probability: float | Floats) -> Bools:
        """True with the probability given, one for all or one each."""
        return self.uniform() < probability

    def between(self, low: int | Ints, high: int | Ints) -> Ints:
        """Whole numbers from `low` to `high`, both included."""
        return np.floor(low + self.uniform() * (np.asarray(high) - low + 1)).astype(np.int64)

    def bell(self) -> Floats:
        """Mean 0, deviation 1, never beyond 6: twelve uniforms added up."""
        total = np.full(self.count, -6.0)
        for _ in range(12):
            total += self.uniform()
        return total

    def decay(self, mean: float | Floats) -> Floats:
        """Many small values and a few large ones, with the mean given."""
        return np.asarray(-np.log1p(-self.uniform()) * mean)

    def pick(self, weights: Sequence[float]) -> Ints:
        """Indices into `weights`, as likely as each weighs."""
        return Dice.indices(self.uniform(), weights)

    def deal(self, weights: Sequence[float]) -> Ints:
        """Like `pick`, but the shares come out exact to the business, as cards are dealt."""
        order = np.argsort(self.uniform(), kind="stable")
        position = np.empty(self.count)
        position[order] = (np.arange(self.count) + 0.5) / max(self.count, 1)
        return Dice.indices(position, weights)

    @staticmethod
    def indices(position: Floats, weights: Sequence[float]) -> Ints:
        """The index each position in [0, 1) falls to when `weights` are laid end to end."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        found = np.searchsorted(edges / edges[-1], position, side="right")
        return np.minimum(found, len(edges) - 1).astype(np.int64)
