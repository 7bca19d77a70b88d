"""What can be wrong with a chain, and how the first wrong link is named.

An attacker may have changed any single thing; what stands before and after a link tells what it was.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from huiqi.foundation.audit.domain.chain import NOTHING_BEFORE, Seal, link


class FaultKind(StrEnum):
    """What was done."""

    ENTRY_CHANGED = "entry_changed"
    ENTRY_MISSING = "entry_missing"
    ENTRY_LOST = "entry_lost"
    ENTRY_OUTSIDE = "entry_outside"
    SWAPPED = "swapped"
    INSERTED = "inserted"
    SEAL_MISSING = "seal_missing"
    SEAL_FORGED = "seal_forged"
    REBUILT = "rebuilt"
    CUT_SHORT = "cut_short"


_SENTENCES = {
    FaultKind.ENTRY_CHANGED: "第 {sequence} 号封条与它的记录（编号 {entry_id}）对不上："
    "记录在封存后被改动过{doubt}",
    FaultKind.ENTRY_MISSING: "第 {sequence} 号封条封住的记录（编号 {entry_id}）不见了：记录被删除",
    FaultKind.ENTRY_LOST: "等待封存的记录（编号 {entry_id}）不见了：还没有封存就被删除",
    FaultKind.ENTRY_OUTSIDE: "记录（编号 {entry_id}）没有封条，也不在等待封存："
    "它的封条被删除，或者它是绕过系统写进去的",
    FaultKind.SWAPPED: "第 {sequence} 号与别的位置被调换：这里原来封住的不是现在这一条",
    FaultKind.INSERTED: "第 {sequence} 号是后来插进去的：它前后两枚封条原本直接相连",
    FaultKind.SEAL_MISSING: "第 {sequence} 号封条不见了：封条被删除，后面的接不上",
    FaultKind.SEAL_FORGED: "第 {sequence} 号封条是伪造的：封条上的内容被改动过",
    FaultKind.REBUILT: "第 {sequence} 号与 {day} 的锚点不符：那一天以前的链被整条重做过",
    FaultKind.CUT_SHORT: "{day} 的锚点记着第 {sequence} 号，现在的链没有这么长：末尾被删掉了",
}
_DOUBT = "（后面没有封条可以对照，也可能是这一枚封条是伪造的）"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, where: the number in the chain or the id of the entry, whichever there is."""

    kind: FaultKind
    sequence: int | None = None
    entry_id: int | None = None
    day: date | None = None
    is_last: bool = False

    def __str__(self) -> str:
        return _SENTENCES[self.kind].format(
            sequence=self.sequence,
            entry_id=self.entry_id,
            day=self.day,
            doubt=_DOUBT if self.is_last else "",
        )


class Search(Protocol):
    """What only the database can tell, asked once about the first wrong link; it may read everything."""

    def is_followed_elsewhere(self, head: str, sequence: int) -> bool:
        """Whether a seal other than number ``sequence`` names ``head`` as the one before it."""

    def is_of_another_entry(self, seal: Seal) -> bool:
        """Whether the seal fits an entry other than the one it points at."""


class Walk:
    """Goes along the chain, seal by seal, and says of each whether it is right where it stands."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._at = 1
        self._head = NOTHING_BEFORE
        self._before_head = ""

    def step(self, seal: Seal, content: bytes | None, following: Seal | None, *, name: bool) -> Fault | None:
        """Take the next seal with its entry's content (None where there is no entry) and the seal after it.

        ``name`` is False once a fault is known: others are only counted, and cost no search.
        """
        is_right = (
            seal.sequence == self._at
            and seal.previous == self._head
            and content is not None
            and link(self._at, self._head, content) == seal.digests
        )
        fault = None
        if not is_right:
            fault = self._named(seal, content, following) if name else Fault(FaultKind.SEAL_FORGED)
        self._at = seal.sequence + 1
        self._before_head, self._head = self._head, str(seal.digests)
        return fault

    def _named(self, seal: Seal, content: bytes | None, following: Seal | None) -> Fault:
        if seal.sequence > self._at:
            return Fault(FaultKind.SEAL_MISSING, self._at)
        if seal.sequence < self._at:
            return Fault(FaultKind.INSERTED, seal.sequence)
        if content is None:
            return Fault(FaultKind.ENTRY_MISSING, self._at, seal.entry_id)
        if seal.previous == self._head:
            found = self._wrong_hash(seal, content, following)
            is_last = found is FaultKind.ENTRY_CHANGED and following is None
            return Fault(found, self._at, seal.entry_id, is_last=is_last)
        kind = self._wrong_previous(seal, content, following)
        if kind is not None:
            return Fault(kind, self._at, seal.entry_id)
        return Fault(FaultKind.INSERTED, self._at - 1)  # well made, and only its follower gives it away

    def _wrong_hash(self, seal: Seal, content: bytes, following: Seal | None) -> FaultKind:
        """The seal names the one before it rightly, and its hashes are not those of its entry."""
        found = link(self._at, self._head, content)
        if found.sm3 == seal.digests.sm3 or found.sha256 == seal.digests.sha256:
            return FaultKind.SEAL_FORGED  # a change of the entry would change both
        if following is not None and following.previous == self._head:
            return FaultKind.INSERTED
        if following is not None and following.previous != str(seal.digests):
            return FaultKind.SEAL_FORGED
        if self._search.is_of_another_entry(seal):
            return FaultKind.SWAPPED
        return FaultKind.ENTRY_CHANGED

    def _wrong_previous(self, seal: Seal, content: bytes, following: Seal | None) -> FaultKind | None:
        """The seal names another before it than the one that stands there; None where that one is wrong."""
        if link(self._at, self._head, content) == seal.digests:
            return FaultKind.SEAL_FORGED  # only the name of the one before was changed
        if following is not None and following.previous == self._head:
            is_turned = str(following.digests) == seal.previous
            return FaultKind.SWAPPED if is_turned else FaultKind.INSERTED
        if seal.previous == self._before_head:
            return None
        if self._search.is_followed_elsewhere(self._head, self._at):
            return FaultKind.SWAPPED
        if _was_linked_later(seal, content, following):
            return FaultKind.SEAL_MISSING
        return FaultKind.SEAL_FORGED


def _was_linked_later(seal: Seal, content: bytes, following: Seal | None) -> bool:
    """Whether the seal is a true one that stood further on, before one in front of it was taken out."""
    if following is not None:
        return following.previous == str(seal.digests)
    return link(seal.sequence + 1, seal.previous, content) == seal.digests
