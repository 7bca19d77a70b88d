"""What decides in this room, without a database: registrations, the sheet, and what is wrong with an act."""

from huiqi.foundation.businesses.domain.register import Status, has_code_form, mask_inside, same_name
from huiqi.foundation.businesses.domain.sheets import (
    Loss,
    Observation,
    Precedence,
    Purpose,
    Settled,
    SourceKind,
    Standing,
    settle,
)

__all__ = [
    "BusinessError",
    "Loss",
    "Observation",
    "Precedence",
    "Purpose",
    "Settled",
    "SourceKind",
    "Standing",
    "Status",
    "has_code_form",
    "mask_inside",
    "same_name",
    "settle",
]


class BusinessError(ValueError):
    """What was asked for was not done; the message says why, that nothing was lost, and what to do."""
