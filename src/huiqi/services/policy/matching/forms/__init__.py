"""What is on paper: questions as fields, what people write into them, and the credit code."""

from huiqi.foundation.businesses.queries import (
    NOTHING,
    AnswerError,
    CodeField,
    Field,
    field_of,
    read_answer,
    read_code,
    texts_of,
)
from huiqi.services.policy.matching.forms.questions import (
    TICKS,
    TickField,
    finer_trade_field,
    read_ticks,
    tick_field,
)

__all__ = [
    "NOTHING",
    "TICKS",
    "AnswerError",
    "CodeField",
    "Field",
    "TickField",
    "field_of",
    "finer_trade_field",
    "read_answer",
    "read_code",
    "read_ticks",
    "texts_of",
    "tick_field",
]
