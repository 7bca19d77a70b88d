"""分型 of the whole city: every individual judged by the preset, each distinct case once.

A judgement depends on the states of the preset's leaves alone. So each known value is replaced by the
states it gives, rows with equal states are gathered, and one row of each group goes through `classify`.
"""

from datetime import date

import numpy as np
import pyarrow as pa

from huiqi.catalogue.classification import Preset, classify, with_age
from huiqi.core.rules.derivation import ESTABLISHED_ON
from huiqi.core.rules.evaluation import leaf_state
from huiqi.core.rules.facts import FactDictionary, Value
from huiqi.demo.dice import Ints


def judge_households(
    facts: dict[str, pa.Array], preset: Preset, as_of: date, dictionary: FactDictionary
) -> pa.Array:
    """The column `household_type`: null for everybody the preset gives no type."""
    read = [fact for fact in dictionary if fact in preset.facts | {ESTABLISHED_ON} and fact in facts]
    codes = np.stack([_state_codes(fact, facts[fact], preset, as_of, dictionary) for fact in read], axis=1)
    _, first, group = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    types = [
        _type_of({fact: facts[fact][int(row)].as_py() for fact in read}, preset, as_of, dictionary)
        for row in first
    ]
    return pa.array(types, pa.string()).take(pa.array(group.reshape(-1)))


def _type_of(raw: dict[str, object], preset: Preset, as_of: date, dictionary: FactDictionary) -> str | None:
    return classify(preset, dictionary.parse_facts(raw), as_of, dictionary).type


def _state_codes(
    fact: str, column: pa.Array, preset: Preset, as_of: date, dictionary: FactDictionary
) -> Ints:
    """One small number a row, equal where the value gives equal states to every leaf."""
    encoded = column.dictionary_encode()
    seen: dict[tuple[bool | None, ...], int] = {}
    code_of_value = []
    for raw in encoded.dictionary.to_pylist():
        states = _states({fact: dictionary[fact].parse(raw)}, preset, as_of, dictionary)
        code_of_value.append(seen.setdefault(states, len(seen) + 1))
    code_of_value.append(0)  # unknown
    places = encoded.indices.fill_null(len(code_of_value) - 1).to_numpy()
    codes: Ints = np.array(code_of_value)[places]
    return codes


def _states(
    known: dict[str, Value], preset: Preset, as_of: date, dictionary: FactDictionary
) -> tuple[bool | None, ...]:
    facts = with_age(known, as_of).facts
    return tuple(leaf_state(leaf, dictionary[leaf.fact], facts.get(leaf.fact)) for leaf in preset.leaves)
