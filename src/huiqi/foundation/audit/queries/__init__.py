"""The door for readers: the log, its state, and whether anybody changed it."""

from huiqi.foundation.audit.domain import (
    AnchorError,
    Fault,
    FaultKind,
    KeptEntry,
    Watermark,
    changes_of,
    line_of,
    masked,
    table_text,
)
from huiqi.foundation.audit.queries.anchors import anchor_in, kept_anchors
from huiqi.foundation.audit.queries.log import (
    LogFilters,
    entries,
    first_entry,
    is_there,
    looks,
    seconds_behind,
    verbs,
)
from huiqi.foundation.audit.queries.searching import (
    LogPage,
    LogSearch,
    SealState,
    entry_of,
    looks_at_party,
    seal_state,
    search_log,
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
    "LogPage",
    "LogSearch",
    "LogState",
    "SealState",
    "Watermark",
    "anchor_in",
    "changes_of",
    "entries",
    "entry_of",
    "first_entry",
    "is_there",
    "kept_anchors",
    "line_of",
    "log_state",
    "looks",
    "looks_at_party",
    "masked",
    "seal_state",
    "search_log",
    "seconds_behind",
    "table_text",
    "verbs",
    "verify_chain",
]
