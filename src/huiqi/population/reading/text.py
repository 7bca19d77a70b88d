"""What a cell of a CSV file stands for, by the type of its fact. Text that fits nothing is left as it is:
the fact itself then says what is wrong with it."""

import json
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiqi.core.rules.facts import Fact, FactType
from huiqi.population.columns import NumberColumn
from huiqi.population.reading.typed import number_column, refuse

LONGEST_SHOWN = 100  # digits; no message shows a longer number, and Python refuses to read very long ones

_BOOLS = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}
_TAG_SEPARATORS = re.compile("[;；]")
_WHOLE = r"^-?\d+(\.0*)?$"  # a spreadsheet writes a whole number beside empty cells as 10.0
_NUMBER = r"^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"


def raw_of_text(fact: Fact, text: str) -> object:
    """The raw value of one cell that is not a number."""
    text = text.strip()
    if fact.type is FactType.BOOL:
        return _BOOLS.get(text.lower(), text)
    if fact.type is FactType.SET:
        return _tags(text)
    return text


def _tags(text: str) -> object:
    if not text.startswith("["):
        return [tag.strip() for tag in _TAG_SEPARATORS.split(text) if tag.strip()]
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def number_column_of_text(fact: Fact, texts: pa.Array) -> NumberColumn:
    """The numbers of a column of text, unknown where it is blank. Raises CellError.

    Doubles hold every whole number up to the largest the facts allow.
    """
    trimmed = pc.utf8_trim_whitespace(texts)
    trimmed = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
    pattern = _NUMBER if fact.type is FactType.NUMBER else _WHOLE
    is_number = pc.match_substring_regex(trimmed, pattern).fill_null(True).to_numpy(zero_copy_only=False)
    if not is_number.all():
        row = int(np.argmin(is_number))
        refuse(fact, trimmed[row].as_py(), row)
    return number_column(fact, trimmed.cast(pa.float64()), lambda row: _exact(trimmed[row].as_py()))


def _exact(text: str) -> int | float:
    """The number as it was written, for a message: a double may show other digits."""
    if re.match(_WHOLE, text):
        return int(text.split(".", maxsplit=1)[0][:LONGEST_SHOWN])
    return float(text)
