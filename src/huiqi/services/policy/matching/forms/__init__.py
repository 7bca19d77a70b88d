"""What is on paper: questions as fields, what people write into them, and the credit code."""

from huiqi.services.policy.matching.forms.credit import CodeField, read_code
from huiqi.services.policy.matching.forms.questions import (
    NOTHING,
    TICKS,
    AnswerError,
    Field,
    TickField,
    field_of,
    finer_trade_field,
    read_answer,
    read_ticks,
    texts_of,
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
