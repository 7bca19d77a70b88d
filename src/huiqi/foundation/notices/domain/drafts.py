"""What an organisation wants to tell, before it is told."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from huiqi.foundation.notices.domain.kinds import LONGEST_TITLE

LONGEST_WRITTEN = 800
LONGEST_PLACE = 20  # of a short message
MOST_PEOPLE = 1000  # what one request writes within a second or two


class _Party(Protocol):
    @property
    def name(self) -> str: ...


class _Sender(Protocol):
    """Who tells: whoever acts for an organisation."""

    @property
    def organisation(self) -> _Party | None: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """``audience`` is the id of a group of people."""

    audience: str
    title: str
    body: str

    def words(self, sender: _Sender) -> Mapping[str, str]:
        """What fills the blanks of the notice; the organisation stands for what is told in its name."""
        place = sender.organisation.name if sender.organisation else ""
        return {"title": self.title, "body": self.body, "place": place, "short_place": place[:LONGEST_PLACE]}


def draft_fault(draft: Draft) -> str:
    """What is wrong with it; empty for nothing."""
    if not draft.audience:
        return "请选告诉谁。"
    if not draft.title:
        return "请写标题，让人一眼知道是什么事。"
    if len(draft.title) > LONGEST_TITLE:
        return f"标题写了 {len(draft.title)} 个字，最多 {LONGEST_TITLE} 个。"
    if not draft.body:
        return "请写内容：什么事、要做什么、到哪天。"
    if len(draft.body) > LONGEST_WRITTEN:
        return f"内容写了 {len(draft.body)} 个字，最多 {LONGEST_WRITTEN} 个。"
    return ""


def people_fault(people: Collection[str]) -> str:
    """Whether so many can be told at once; empty where they can."""
    if not people:
        return "这一组现在没有人，发了也没有人收到。请换一组。"
    if len(people) > MOST_PEOPLE:
        return f"这一组有 {len(people)} 人，一次最多告诉 {MOST_PEOPLE} 人。请分给下级单位各发各的。"
    return ""


def digest_of(people: Collection[str]) -> str:
    """The same for the same people in whatever order."""
    return hashlib.sha256("\n".join(sorted(people)).encode()).hexdigest()[:32]
