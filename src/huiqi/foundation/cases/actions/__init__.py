"""The door for writers: opening a case and everything that may be done to it."""

from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.actions.clocks import Recount, pause, recompute_due, resume
from huiqi.foundation.cases.actions.escalating import escalate_due
from huiqi.foundation.cases.actions.handing import Destination, hand_over, move_work, transfer
from huiqi.foundation.cases.actions.moving import advance
from huiqi.foundation.cases.actions.noting import note
from huiqi.foundation.cases.actions.opening import open_case
from huiqi.foundation.cases.domain import CaseError, CaseRef, ConflictError, Opening, Visibility

__all__ = [
    "Act",
    "CaseError",
    "CaseRef",
    "ConflictError",
    "Destination",
    "Opening",
    "Recount",
    "Visibility",
    "advance",
    "escalate_due",
    "hand_over",
    "move_work",
    "note",
    "open_case",
    "pause",
    "recompute_due",
    "resume",
    "transfer",
]
