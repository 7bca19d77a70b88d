"""How entries are chained, and what an anchor outside the database keeps of the chain."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from cryptography.hazmat.primitives import hashes


@dataclass(frozen=True, slots=True)
class Digests:
    """Both hashes of one link, in hexadecimal: SM3 (GB/T 32905-2016) and SHA-256 (FIPS 180-4)."""

    sm3: str
    sha256: str

    def __str__(self) -> str:
        return self.sm3 + self.sha256


NOTHING_BEFORE = str(Digests("0" * 64, "0" * 64))


@dataclass(frozen=True, slots=True)
class Seal:
    """One link as it is kept."""

    sequence: int
    entry_id: int
    previous: str
    digests: Digests


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain on one day, kept where whoever changes the database cannot reach."""

    day: date
    sequence: int
    digests: Digests


class AnchorError(ValueError):
    """An anchor that cannot be read or kept; the message is for people."""


def link(sequence: int, previous: str, content: bytes) -> Digests:
    """Hash one link: its number, both hashes of the one before, and the entry's canonical content."""
    whole = b"%d\n%s\n%s" % (sequence, previous.encode(errors="replace"), content)
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(whole)
    return Digests(sm3.finalize().hex(), hashlib.sha256(whole).hexdigest())


def next_seal(last: Seal | None, entry_id: int, content: bytes) -> Seal:
    """The seal that follows ``last``; the first of all where there is none."""
    sequence = last.sequence + 1 if last else 1
    previous = str(last.digests) if last else NOTHING_BEFORE
    return Seal(sequence, entry_id, previous, link(sequence, previous, content))


def anchor_text(anchor: Anchor) -> str:
    """The anchor as it is written to a file."""
    raw = {"day": anchor.day.isoformat(), "sequence": anchor.sequence, **asdict(anchor.digests)}
    return json.dumps(raw, indent=1) + "\n"


def read_anchor(text: str, place: str) -> Anchor:
    """Read what `anchor_text` wrote; AnchorError where anything else stands there."""
    try:
        raw = json.loads(text)
        digests = Digests(_hexadecimal(raw["sm3"]), _hexadecimal(raw["sha256"]))
        return Anchor(date.fromisoformat(raw["day"]), _positive(raw["sequence"]), digests)
    except (ValueError, TypeError, LookupError, RecursionError) as failure:
        raise AnchorError(f"锚点文件 {place} 看不懂，可能写坏了或被改过。请换用另外保存的一份") from failure


def _hexadecimal(text: str) -> str:
    if len(bytes.fromhex(text)) != 32 or len(text) != 64:
        raise ValueError(text)
    return text


def _positive(number: int) -> int:
    if type(number) is not int or number < 1:
        raise ValueError(number)
    return number
