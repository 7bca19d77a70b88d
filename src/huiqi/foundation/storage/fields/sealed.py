"""A text that may be held and passed on, and is seen only by who asks for it by name."""

from collections.abc import Callable
from typing import Any, SupportsIndex

from huiqi.core.standards.masks import HIDDEN
from huiqi.foundation.storage.fields.errors import UnboundError
from huiqi.foundation.storage.fields.kinds import Kind
from huiqi.foundation.storage.fields.sealing import Place


class Sealed(str):
    """An encrypted text. As a `str` it *is* its mask: whatever prints, joins, formats, exports, compares or
    pickles it gets 138****1234 and cannot get more. ``reveal()`` gives the text.

    Compare what two of them reveal: two texts may share a mask.
    """

    __slots__ = ("_opens", "place", "stored")

    _opens: Callable[[], str] | None
    stored: str | None
    place: Place | None

    def __new__(
        cls,
        shown: str = HIDDEN,
        *,
        stored: str | None = None,
        place: Place | None = None,
        opens: Callable[[], str] | None = None,
    ) -> "Sealed":
        """``stored`` is the form in the database, ``place`` where it was read, ``opens`` gives the text."""
        made = super().__new__(cls, shown)
        made.stored, made.place, made._opens = stored, place, opens
        return made

    @classmethod
    def fresh(cls, text: str, kind: Kind) -> "Sealed":
        """A text that is not in the database yet."""
        return cls(kind.masked(text), opens=lambda: text)

    @property
    def can_be_opened(self) -> bool:
        """False for what was read without its row, and for what came out of a pickle."""
        return self._opens is not None

    def reveal(self) -> str:
        """The text itself. MissingKeyError, DamagedError; UnboundError for a value without its row."""
        if self._opens is None:
            raise UnboundError(
                "An encrypted value opens on the instance it was read with: not from values(), not unpickled."
            )
        return self._opens()

    def __repr__(self) -> str:
        return f"<sealed {self!s}>"

    def __str__(self) -> str:
        return str.__str__(self)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return (Sealed, (str(self),))

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed":
        return self
