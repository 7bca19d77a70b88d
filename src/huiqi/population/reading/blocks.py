"""Pieces of a table into blocks: every cell gets its meaning, every business its own id."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from huiqi.catalogue.columns import ColumnMap, ColumnSource, FactColumns
from huiqi.core.rules.errors import RuleError
from huiqi.core.rules.facts import NUMERIC, Fact, FactDictionary, FactType, Value
from huiqi.population.columns import Block, Column, column_of_distinct
from huiqi.population.reading.cells import EMPTY, Cells, cells_of
from huiqi.population.reading.kinds import is_day, unreadable
from huiqi.population.reading.pieces import Piece, Table
from huiqi.population.reading.repeats import RepeatFinder
from huiqi.population.reading.text import number_column_of_text, raw_of_text
from huiqi.population.reading.typed import CellError, days_of, typed_column

ID_COLUMN = "business_id"


@dataclass(slots=True)
class BlockReader:
    """Reads the blocks of one table, for the facts that are asked for.

    ``ignored`` collects the columns of the table that stand for no fact of the dictionary; it is complete
    once all blocks have been read.
    """

    table: Table
    dictionary: FactDictionary
    columns: ColumnMap | None
    wanted: frozenset[str]
    ignored: dict[str, None] = field(default_factory=dict)

    def blocks(self) -> Iterator[tuple[Block, float]]:
        """Every block with the share of the file read so far; raises BusinessesError."""
        repeats = RepeatFinder(self._id_column)
        for piece in self.table.pieces(self._read_columns()):
            self._note_ignored(piece)
            ids = self._ids(piece)
            repeats.check(piece, ids)
            yield Block(ids, dict(self._fact_columns(piece))), piece.share

    @property
    def _id_column(self) -> str:
        return ID_COLUMN if self.columns is None else self.columns.id_column

    def _read_columns(self) -> frozenset[str]:
        if self.columns is None:
            return self.wanted | {self._id_column}
        named = (s.column for entry in self.columns.facts if entry.fact in self.wanted for s in entry.sources)
        return frozenset(named) | {self._id_column}

    def _note_ignored(self, piece: Piece) -> None:
        known = frozenset(self.dictionary) if self.columns is None else frozenset(self.columns.columns)
        names = tuple(piece.columns) if self.table.names is None else self.table.names
        if self.columns is None and known.isdisjoint(names):
            message = "没有一列是事实字典里的事实。外来的表请用 --columns 给出列对照表"
            raise piece.error(message)
        self.ignored |= dict.fromkeys(name for name in names if name not in known | {self._id_column})

    def _ids(self, piece: Piece) -> pa.Array:
        raw = piece.columns.get(self._id_column)
        if raw is None:
            raise piece.error("没有这一列。它写每家经营主体的编号，请加上", column=self._id_column)
        ids = raw if isinstance(raw, pa.Array) else pa.array([_id_text(value) for value in raw], pa.string())
        ids = pc.utf8_trim_whitespace(_strings(piece, ids, self._id_column))
        is_empty = pc.equal(ids, "").fill_null(True).to_numpy(zero_copy_only=False)
        if is_empty.any():
            raise piece.error("没有编号。请补上，一家一个", int(np.argmax(is_empty)), self._id_column)
        return ids

    def _fact_columns(self, piece: Piece) -> Iterator[tuple[str, Column]]:
        for entry in self._entries(piece):
            if entry.fact in self.wanted:
                yield entry.fact, _fact_column(piece, entry, self.dictionary[entry.fact])

    def _entries(self, piece: Piece) -> Iterator[FactColumns]:
        if self.columns is None:
            for name in piece.columns:
                if name in self.dictionary:
                    yield FactColumns(name, (ColumnSource(name),))
            return
        for entry in self.columns.facts:
            for source in entry.sources:
                if entry.fact in self.wanted and source.column not in piece.columns:
                    raise piece.error("表里没有这一列。请改正列对照表或补上这一列", column=source.column)
            yield entry


def _id_text(value: object) -> str | None:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _strings(piece: Piece, ids: pa.Array, column: str) -> pa.Array:
    kind = ids.type.value_type if pa.types.is_dictionary(ids.type) else ids.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)):
        raise piece.error("编号应是文字。请把这一列改成文字再导出", column=column)
    return ids.cast(pa.string())


def _fact_column(piece: Piece, entry: FactColumns, fact: Fact) -> Column:
    for source in entry.sources:
        _refuse_unreadable(piece, source.column, fact)
    is_plain = len(entry.sources) == 1 and entry.default is None and _is_direct(entry.sources[0])
    column = entry.sources[0].column
    array = piece.columns[column]
    if is_plain and isinstance(array, pa.Array):
        try:
            if piece.is_text and fact.type in NUMERIC:
                return number_column_of_text(fact, array)
            typed = typed_column(fact, array)
        except CellError as error:
            raise piece.cell_error(error.message, error.row, column) from None
        if typed is not None:
            return typed
    return _column_of_cells(piece, entry, fact)


def _refuse_unreadable(piece: Piece, column: str, fact: Fact) -> None:
    array = piece.columns[column]
    fault = unreadable(fact, array) if isinstance(array, pa.Array) else None
    if fault is not None:
        raise piece.error(fault, column=column)


def _is_direct(source: ColumnSource) -> bool:
    return not source.values and not source.suffixes


def _column_of_cells(piece: Piece, entry: FactColumns, fact: Fact) -> Column:
    """The first source that speaks decides, row by row; then the default."""
    chosen = np.full(piece.rows, EMPTY, np.int32)
    values: list[Value] = []
    for source in entry.sources:
        found, more = _read_source(piece, source, fact)
        chosen = np.where(chosen == EMPTY, np.where(found == EMPTY, EMPTY, found + len(values)), chosen)
        values += more
    if entry.default is not None:
        chosen = np.where(chosen == EMPTY, len(values), chosen)
        values.append(entry.default)
    return column_of_distinct(fact, chosen.astype(np.int32), values)


def _read_source(piece: Piece, source: ColumnSource, fact: Fact) -> tuple[NDArray[np.int32], list[Value]]:
    cells = cells_of(_plain(piece, source.column, fact))
    places = np.full(len(cells.contents) + 1, EMPTY, np.int32)  # the last place is for empty cells
    values: list[Value] = []
    for place, content in enumerate(cells.contents):
        value = _read_cell(piece, source, fact, cells, place, content)
        if value is not None:
            places[place] = len(values)
            values.append(value)
    return places[cells.indices], values


def _plain(piece: Piece, column: str, fact: Fact) -> pa.Array | Sequence[object]:
    """The column with days and decimals as Python can hold them."""
    array = piece.columns[column]
    if not isinstance(array, pa.Array):
        return array
    try:
        if pa.types.is_decimal(array.type):
            return array.cast(pa.float64())
        return days_of(fact, array) if is_day(array.type) and fact.type is FactType.DATE else array
    except CellError as error:
        raise piece.cell_error(error.message, error.row, column) from None


def _read_cell(
    piece: Piece, source: ColumnSource, fact: Fact, cells: Cells, place: int, content: object
) -> Value | None:
    if piece.is_text and _is_direct(source) and isinstance(content, str) and content.strip():
        content = raw_of_text(fact, content)
    try:
        return source.read(content, fact)
    except RuleError as error:
        raise piece.cell_error(error.message, cells.first_row_of(place), source.column) from None
