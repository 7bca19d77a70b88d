"""What lint says: where, how bad, and in Chinese what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error must be repaired before an item is published; a warning is for a person to judge."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Everything lint looks for; what keeps a rule from being read at all is told by its reader."""

    DUPLICATE_ID = "duplicate_id"
    NEVER_TRUE = "never_true"
    ALWAYS_TRUE = "always_true"
    DEAD_LEAF = "dead_leaf"
    DEAD_BRANCH = "dead_branch"
    UNREACHABLE_TIER = "unreachable_tier"
    NEVER_OPEN = "never_open"
    EXPIRED_WINDOW = "expired_window"
    EXISTS_DECIDES = "exists_decides"
    SAME_RULE = "same_rule"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_DISAGREES = "amount_disagrees"
    TOO_COMPLEX = "too_complex"
    SUCCESSOR_UNKNOWN = "successor_unknown"
    SUCCESSOR_CIRCLE = "successor_circle"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one item.

    ``path`` leads to the place inside the item (``conditions/all[2]``, empty for the item as a whole).
    """

    severity: Severity
    code: Code
    item_id: str
    path: str
    message: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.item_id, self.path) if part)
        return f"{place}：{self.message}"


def error(code: Code, item_id: str, path: str, message: str) -> Finding:
    """Return a finding that must be repaired."""
    return Finding(Severity.ERROR, code, item_id, path, message)


def warning(code: Code, item_id: str, path: str, message: str) -> Finding:
    """Return a finding that may be meant as it stands."""
    return Finding(Severity.WARNING, code, item_id, path, message)
