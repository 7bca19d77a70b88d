"""What a page needs to be walked through: what is done on it, and the things it is done to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.walk.world import Walker, World

# A page without a thing of its own: whoever may do its verb at all is at the right door.
ANY = frozenset({"public", "own", "organisation", "below", "assigned", "mandated", "seen", "held", "all"})


class Outcome(StrEnum):
    OPEN = "let in"
    REFUSED = "refused"
    SIGN_IN = "led to the sign-in"
    NO_METHOD = "no such method"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a page is about, and how one walker stands to it by the way it was made. ``args`` go into
    the address, ``sends`` into the form; ``marker`` is the word by which a list is seen to show it.
    """

    label: str
    relations: frozenset[str]
    args: Mapping[str, object] = field(default_factory=dict)
    sends: Mapping[str, object] = field(default_factory=dict)
    query: str = ""
    marker: str = ""
    state: str = ""


Things = Callable[["World", "Walker"], Sequence[Thing]]
NOTHING = Thing("", ANY)


def nothing(world: World, walker: Walker) -> Sequence[Thing]:
    """For pages that are about nothing in particular."""
    del world, walker
    return (NOTHING,)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list on the page: of these things it shows those with one of the labels ``shows`` to whom the verb
    is allowed in their relation, and none of the others. ``{walker}`` in the query is a word in the names of
    the walker's own things: a list of all is narrowed to them.
    """

    things: Things
    verb: str
    shows: tuple[str, ...]
    query: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The recipe of one address.

    ``reads`` is the verb of a GET and ``writes`` that of a POST, empty where the page takes none. Both are
    said here once more, so that a page that asks for a weaker verb is seen. ``sends`` is the form besides
    what the thing sends. A page ``is_quiet`` that answers a foreign id as if nothing had been sent: there a
    POST counts as let in where it wrote anything. ``but`` says of roles (or ``everyone``) by a method what
    comes of it beyond the table, ``why`` the reason. ``connected`` is the recipe of the same address where
    another provider of identities is connected to the site.
    """

    reads: str = ""
    writes: str = ""
    things: Things = nothing
    sends: Mapping[str, object] = field(default_factory=dict)
    lists: tuple[Listing, ...] = ()
    is_quiet: bool = False
    but: Mapping[tuple[str, str], Outcome] = field(default_factory=dict)
    why: str = ""
    connected: Page | None = None
