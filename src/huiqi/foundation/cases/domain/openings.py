"""What is needed to open a case, the two names it has then, and how long a text may be."""

from dataclasses import dataclass

LONGEST_TITLE = 120
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened. ``subject_id`` is what the room behind it knows it by: one subject, one case.
    ``party_id`` is opaque and empty for somebody without an account; ``party_name`` is how they are shown.
    """

    kind: str
    subject_id: str
    title: str
    party_id: str = ""
    party_name: str = ""


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case by its two names."""

    id: str
    number: str
