"""How an item came to say what it says: every revision, with what changed against the one before."""

import json
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.timezone import get_current_timezone

from huiqi.catalogue.item_reading import parse_item
from huiqi.catalogue.items import Item
from huiqi.catalogue.problems import CatalogueError
from huiqi.core.rules.facts import FactDictionary
from huiqi.core.rules.wording import CodeName
from huiqi.services.policy.library.domain import Change, Wording, changes_between
from huiqi.services.policy.library.models import ItemRevision, Origin
from huiqi.services.policy.library.queries.shelf import Library


@dataclass(frozen=True, slots=True)
class RevisionNote:
    """One revision. ``changes`` are those against the one before it; none for the first, and None where one
    of the two is written in a way this version does not read any more.
    """

    number: int
    loaded_on: date
    origin: str
    changes: tuple[Change, ...] | None


def history_of(item_id: str, library: Library, code_name: CodeName) -> tuple[RevisionNote, ...]:
    """The revisions of an item, the newest first; empty for an unknown one. One query."""
    rows = list(
        ItemRevision.objects.filter(item_id=item_id)
        .order_by("number")
        .values_list("number", "loaded_at", "origin", "content")
    )
    wording = Wording(library.dictionary, code_name)
    items = [_read(content, library.dictionary) for *_, content in rows]
    changes: list[tuple[Change, ...] | None] = [()]
    changes += [changes_between(old, new, wording) if old and new else None for old, new in pairwise(items)]
    zone = get_current_timezone()
    notes = [
        RevisionNote(number, loaded_at.astimezone(zone).date(), Origin(origin).label, changed)
        for (number, loaded_at, origin, _), changed in zip(rows, changes, strict=False)
    ]
    return tuple(reversed(notes))


def _read(content: str, dictionary: FactDictionary) -> Item | None:
    try:
        return parse_item(json.loads(content), dictionary)
    except CatalogueError:
        return None
