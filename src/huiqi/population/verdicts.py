"""Verdicts of a block, as planes: one bit for each pair of item and business."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from huiqi.core.rules.evaluation import Verdict
from huiqi.population.planes import Plane, count, unpack

VERDICTS = (Verdict.INELIGIBLE, Verdict.ELIGIBLE, Verdict.UNKNOWN)  # by the code of ``VerdictBlock.codes``


@dataclass(frozen=True, slots=True, eq=False)
class VerdictBlock:
    """The verdicts of some businesses, ``ids`` are their names.

    Both stacks have the shape (rules, words) and clear padding.
    ``eligible`` is the verdict of the conditions; what an officer still has to check is not in it.
    """

    ids: pa.Array
    eligible: Plane
    unknown: Plane

    @property
    def rows(self) -> int:
        """How many businesses."""
        return len(self.ids)

    def counts(self) -> dict[Verdict, NDArray[np.int64]]:
        """How many businesses have each verdict, one number a rule."""
        eligible, unknown = count(self.eligible), count(self.unknown)
        return {
            Verdict.ELIGIBLE: eligible,
            Verdict.INELIGIBLE: self.rows - eligible - unknown,
            Verdict.UNKNOWN: unknown,
        }

    def codes(self) -> NDArray[np.uint8]:
        """One code a pair, shape (rules, rows): the place of the verdict in ``VERDICTS``."""
        return unpack(self.eligible, self.rows) + 2 * unpack(self.unknown, self.rows)
