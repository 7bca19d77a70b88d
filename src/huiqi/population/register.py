"""A register of businesses read from a table: who is registered, where, in which trade, since when."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from huiqi.catalogue.columns import ColumnMap, ColumnSource, FactColumns
from huiqi.core.rules.facts import FactDictionary
from huiqi.population.columns import EPOCH, BoolColumn, CodeColumn, Column, NumberColumn
from huiqi.population.planes import unpack
from huiqi.population.reading.blocks import BlockReader
from huiqi.population.reading.pieces import Piece, Table

CREDIT_CODE, NAME, OPERATOR = "credit_code", "name", "operator"
FACTS = ("entity_type", "region_code", "industry_code", "established_on")
IS_OPERATING = "is_operating"
LONGEST_TEXT = 200
_UNWRITABLE = {"Cc", "Cs"}  # control characters and halves of characters: no database takes them all


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One registered business; what is not known is an empty text or None.

    ``operator`` is 经营者, 投资人 or 法定代表人, by the kind of business.
    """

    credit_code: str
    name: str
    operator: str
    entity_type: str
    region_code: str
    industry_code: str
    established_on: date | None
    is_operating: bool | None


def plain_columns() -> ColumnMap:
    """For a table that calls its columns as we do: credit_code, name, operator and the facts."""
    facts = tuple(FactColumns(fact, (ColumnSource(fact),)) for fact in (*FACTS, IS_OPERATING))
    return ColumnMap(CREDIT_CODE, facts, NAME, OPERATOR)


def read_register(
    table: Table, dictionary: FactDictionary, columns: ColumnMap | None = None
) -> Iterator[tuple[list[RegisterRow], float]]:
    """The rows of a table in blocks, each with the share of the file read so far; raises BusinessesError.

    Without ``columns`` the table is read by `plain_columns`, of which operator and is_operating may be
    missing.
    """
    optional = () if columns else (OPERATOR, IS_OPERATING)
    chosen = columns or plain_columns()
    texts = _WithTexts(table, chosen, optional)
    reader = BlockReader(texts, dictionary, chosen, frozenset((*FACTS, IS_OPERATING)))
    for block, share in reader.blocks():
        facts = {name: _values(column, block.rows) for name, column in block.columns.items()}
        yield _rows(block.ids.to_pylist(), texts, facts), share


def _rows(codes: Sequence[str], texts: "_WithTexts", facts: Mapping[str, Sequence[Any]]) -> list[RegisterRow]:
    nothing: Sequence[Any] = [None] * len(codes)
    told = [facts.get(name, nothing) for name in (*FACTS, IS_OPERATING)]
    columns = zip(codes, texts.names_read, texts.operators_read, *told, strict=True)
    return [
        RegisterRow(code, name, operator, kind or "", region or "", trade or "", since, is_open)
        for code, name, operator, kind, region, trade, since, is_open in columns
    ]


@dataclass(slots=True)
class _WithTexts:
    """A table whose names and operators are kept aside, piece by piece, while its facts are read."""

    table: Table
    columns: ColumnMap
    optional: Sequence[str]
    names_read: list[str] = field(default_factory=list)
    operators_read: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...] | None:
        """As the table itself says."""
        return self.table.names

    def pieces(self, wanted: frozenset[str]) -> Iterator[Piece]:
        """The pieces of the table; a column that may be missing is empty where it is."""
        also = frozenset(each for each in (self.columns.name, self.columns.operator) if each)
        for piece in self.table.pieces(wanted | also):
            absent = {name: [None] * piece.rows for name in self.optional if name not in piece.columns}
            whole = Piece(
                piece.file,
                {**piece.columns, **absent},
                piece.numbers,
                piece.is_text,
                piece.share,
                piece.wording,
            )
            self.names_read = _texts(whole, self.columns.name)
            self.operators_read = _texts(whole, self.columns.operator)
            yield whole


def _texts(piece: Piece, column: str | None) -> list[str]:
    """The cells of a column of text, trimmed and fit to be kept."""
    if column is None:
        return [""] * piece.rows
    if column not in piece.columns:
        raise piece.error("表里没有这一列。请改正列对照表或补上这一列", column=column)
    cells = piece.columns[column]
    values = cells.to_pylist() if isinstance(cells, pa.Array) else cells
    texts = []
    for row, value in enumerate(values):
        if value is not None and not isinstance(value, str):
            raise piece.error("应是文字。请把这一列改成文字再导出", row, column)
        text = _writable(value or "")
        if len(text) > LONGEST_TEXT:
            raise piece.error(f"这一格太长（超过 {LONGEST_TEXT} 字）。请核对", row, column)
        texts.append(text)
    return texts


def _writable(text: str) -> str:
    if not text.isprintable():
        text = "".join(letter for letter in text if unicodedata.category(letter) not in _UNWRITABLE)
    return text.strip()


def _values(column: Column, rows: int) -> Sequence[object]:
    """One Python value a row, None where nothing is known."""
    is_known = unpack(column.present, rows).astype(np.bool_)
    if isinstance(column, CodeColumn):
        words = np.array([*column.dictionary, None], object)
        return list(words[np.where(is_known, column.indices, -1)])
    if isinstance(column, BoolColumn):
        truth = unpack(column.truth, rows)
        return [bool(flag) if known else None for flag, known in zip(truth, is_known, strict=True)]
    if isinstance(column, NumberColumn):
        days = zip(column.values.tolist(), is_known, strict=True)
        return [date.fromordinal(int(day) + EPOCH) if known else None for day, known in days]
    raise TypeError("A register has no sets.")
