"""The door for readers: a number on a day, and what people see of the city's numbers."""

from huiqi.foundation.parameters.queries.declared import declared, named
from huiqi.foundation.parameters.queries.histories import (
    History,
    history_of,
    words_of_calling_off,
    words_of_change,
)
from huiqi.foundation.parameters.queries.reading import number, read_anew, read_once, timeline, value
from huiqi.foundation.parameters.queries.showing import (
    Group,
    Line,
    decisions_waiting_for,
    everything,
    listed,
)

__all__ = [
    "Group",
    "History",
    "Line",
    "decisions_waiting_for",
    "declared",
    "everything",
    "history_of",
    "listed",
    "named",
    "number",
    "read_anew",
    "read_once",
    "timeline",
    "value",
    "words_of_calling_off",
    "words_of_change",
]
