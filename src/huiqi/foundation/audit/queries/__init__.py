"""The door for readers: the log, its state, and whether anybody changed it."""

from huiqi.foundation.audit.domain import AnchorError, Fault, FaultKind, KeptEntry, line_of
from huiqi.foundation.audit.queries.anchors import anchor_in, kept_anchors
from huiqi.foundation.audit.queries.log import (
    LogFilters,
    entries,
    first_entry,
    is_there,
    seconds_behind,
    verbs,
)
from huiqi.foundation.audit.queries.standing import LogState, log_state
from huiqi.foundation.audit.queries.verifying import ChainReport, verify_chain

__all__ = [
    "AnchorError",
    "ChainReport",
    "Fault",
    "FaultKind",
    "KeptEntry",
    "LogFilters",
    "LogState",
    "anchor_in",
    "entries",
    "first_entry",
    "is_there",
    "kept_anchors",
    "line_of",
    "log_state",
    "seconds_behind",
    "verbs",
    "verify_chain",
]
