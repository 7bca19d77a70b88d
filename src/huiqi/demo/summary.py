"""The demo city in a few lines of counts."""

from collections import Counter
from collections.abc import Callable

import pyarrow as pa

from huiqi.catalogue.classification import HOUSEHOLD_TYPE
from huiqi.core.rules.facts import FactDictionary
from huiqi.demo.areas import AREAS


def city_summary(table: pa.Table, dictionary: FactDictionary) -> str:
    """Counts by kind, area and 分型, in Chinese; businesses without a type are left out of the last."""
    areas = {area.code: area.short for area in AREAS}
    return "\n".join(
        [
            f"{table.num_rows:,} 户",
            f"主体类型：{_counts(table, 'entity_type', dictionary['entity_type'].label_of)}",
            f"区划：{_counts(table, 'region_code', areas.__getitem__)}",
            f"分型：{_counts(table, HOUSEHOLD_TYPE, dictionary[HOUSEHOLD_TYPE].label_of)}",
        ]
    )


def _counts(table: pa.Table, fact: str, label_of: Callable[[str], str]) -> str:
    counted = Counter(value for value in table.column(fact).to_pylist() if value is not None)
    return "，".join(f"{label_of(value)} {number:,}" for value, number in counted.most_common())
