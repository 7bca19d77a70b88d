"""The door for writers: recording what was done, sealing it, and anchoring the chain."""

from huiqi.foundation.audit.actions.anchoring import keep_anchor, keep_daily_anchor
from huiqi.foundation.audit.actions.recording import record
from huiqi.foundation.audit.actions.sealing import seal_waiting
from huiqi.foundation.audit.domain import Actor, AnchorError, Entry, EntryError, Party, Principal, Subject

__all__ = [
    "Actor",
    "AnchorError",
    "Entry",
    "EntryError",
    "Party",
    "Principal",
    "Subject",
    "keep_anchor",
    "keep_daily_anchor",
    "record",
    "seal_waiting",
]
