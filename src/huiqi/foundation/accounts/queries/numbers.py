"""Numbers the city sets. They are kept a room above this one, which says here how they are read."""

from collections.abc import Callable
from datetime import date

Reader = Callable[[str, date], int]
_READERS: list[Reader] = []


def register_numbers(reader: Reader) -> None:
    """Called from AppConfig.ready of the room that keeps them; the latest one reads."""
    _READERS[:] = [reader]


def number(key: str, as_of: date) -> int:
    """The number in force on a day."""
    return _READERS[0](key, as_of)
