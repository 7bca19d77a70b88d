"""Parameters as pure values: declared, typed, kept, in force on a day."""

from huiqi.foundation.parameters.domain.kinds import (
    COUNTED,
    LONGEST_VALUE,
    DeclarationError,
    Kind,
    Mark,
    Parameter,
    Value,
    read_parameter,
)
from huiqi.foundation.parameters.domain.proposals import (
    LONGEST_DOCUMENT,
    LONGEST_PURPOSE,
    LONGEST_REASON,
    STATE_WORDS,
    ParameterRefusedError,
    State,
    written,
)
from huiqi.foundation.parameters.domain.timelines import LONGEST_AHEAD, Timeline, Version, day_fault
from huiqi.foundation.parameters.domain.values import (
    ValueFaultError,
    how_to_write,
    kept_text,
    kept_value,
    read_value,
    typed_text,
    value_fault,
    value_words,
)
from huiqi.foundation.parameters.domain.wording import change_words, later_words, mark_words

__all__ = [
    "COUNTED",
    "LONGEST_AHEAD",
    "LONGEST_DOCUMENT",
    "LONGEST_PURPOSE",
    "LONGEST_REASON",
    "LONGEST_VALUE",
    "STATE_WORDS",
    "DeclarationError",
    "Kind",
    "Mark",
    "Parameter",
    "ParameterRefusedError",
    "State",
    "Timeline",
    "Value",
    "ValueFaultError",
    "Version",
    "change_words",
    "day_fault",
    "how_to_write",
    "kept_text",
    "kept_value",
    "later_words",
    "mark_words",
    "read_parameter",
    "read_value",
    "typed_text",
    "value_fault",
    "value_words",
    "written",
]
