"""What an entry says, how entries are chained, and what can be wrong with a chain."""

from huiqi.foundation.audit.domain.chain import (
    Anchor,
    AnchorError,
    Digests,
    Seal,
    anchor_text,
    next_seal,
    read_anchor,
)
from huiqi.foundation.audit.domain.entries import (
    KEPT_COLUMNS,
    LONGEST_ID,
    LONGEST_NAME,
    MASK,
    Actor,
    Entry,
    EntryError,
    KeptEntry,
    Party,
    Principal,
    Subject,
    columns_of,
)
from huiqi.foundation.audit.domain.faults import Fault, FaultKind, Walk
from huiqi.foundation.audit.domain.files import Watermark, csv_text, plain_cell, table_text
from huiqi.foundation.audit.domain.lines import changes_of, line_of, masked
from huiqi.foundation.audit.domain.looks import ROLE, TOGETHER, Look, folded, is_own

__all__ = [
    "KEPT_COLUMNS",
    "LONGEST_ID",
    "LONGEST_NAME",
    "MASK",
    "ROLE",
    "TOGETHER",
    "Actor",
    "Anchor",
    "AnchorError",
    "Digests",
    "Entry",
    "EntryError",
    "Fault",
    "FaultKind",
    "KeptEntry",
    "Look",
    "Party",
    "Principal",
    "Seal",
    "Subject",
    "Walk",
    "Watermark",
    "anchor_text",
    "changes_of",
    "columns_of",
    "csv_text",
    "folded",
    "is_own",
    "line_of",
    "masked",
    "next_seal",
    "plain_cell",
    "read_anchor",
    "table_text",
]
