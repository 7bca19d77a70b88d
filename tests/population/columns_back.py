"""Columns back into the facts they were made of, to compare readers with what was written."""

from datetime import date

from huiqi.core.rules.facts import FactDictionary, FactType, Value
from huiqi.population.columns import EPOCH, Block, BoolColumn, CodeColumn, Column, NumberColumn, SetColumn
from huiqi.population.planes import unpack


def facts_of(block: Block, dictionary: FactDictionary) -> list[dict[str, Value]]:
    """The known facts of each business of a block."""
    facts: list[dict[str, Value]] = [{} for _ in range(block.rows)]
    for fact_id, column in block.columns.items():
        for row in unpack(column.present, block.rows).nonzero()[0].tolist():
            facts[row][fact_id] = _value(column, row, dictionary[fact_id].type)
    return facts


def _value(column: Column, row: int, kind: FactType) -> Value:
    match column:
        case BoolColumn(truth):
            return bool(unpack(truth, row + 1)[row])
        case CodeColumn(indices, codes):
            return codes[indices[row]]
        case SetColumn(tags, groups):
            return frozenset(tag for n, tag in enumerate(tags) if groups[n // 8, row] >> n % 8 & 1)
        case NumberColumn(values):
            number = values[row].item()
            return date.fromordinal(number + EPOCH) if kind is FactType.DATE else number
