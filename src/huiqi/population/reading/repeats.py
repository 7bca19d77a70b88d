"""Finds a business named twice, in eight bytes a business however long the table is."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from huiqi.population.reading.pieces import Piece


class RepeatFinder:
    """Remembers a 64-bit hash of every id in sorted runs that are merged as they grow.

    Two different ids of one hash are possible in principle; among a hundred million businesses the odds are
    below one in three thousand, and the error then names the row to look at.
    """

    def __init__(self, column: str) -> None:
        self._column = column
        self._runs: list[NDArray[np.int64]] = []

    def check(self, piece: Piece, ids: pa.Array) -> None:
        """Raise BusinessesError at the first id of the piece that was there before."""
        hashes = np.fromiter(map(hash, ids.to_pylist()), np.int64, len(ids))
        order = np.argsort(hashes, kind="stable")
        run = hashes[order]
        is_repeated = np.zeros(len(run), np.bool_)
        is_repeated[1:] = run[1:] == run[:-1]
        for earlier in self._runs:
            places = np.minimum(np.searchsorted(earlier, run), len(earlier) - 1)
            is_repeated |= earlier[places] == run
        if is_repeated.any():
            row = int(order[is_repeated].min())
            message = f"编号 {ids[row].as_py()} 前面已有一家。请删去重复的一行"
            raise piece.error(message, row, self._column)
        self._remember(run)

    def _remember(self, run: NDArray[np.int64]) -> None:
        while self._runs and len(self._runs[-1]) <= len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        if len(run):
            self._runs.append(run)
