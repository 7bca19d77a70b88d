"""The figures an item asks for: as questions on paper, and what was written read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiqi.core.rules.facts import Fact, Value
from huiqi.services.policy.matching.forms import AnswerError, Field, field_of, read_answer, texts_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What was written: the values that could be read (None: left empty), and every question again."""

    values: Mapping[str, Value | None]
    fields: tuple[Field, ...]

    @property
    def mistakes(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.error)

    @property
    def told(self) -> Mapping[str, Value]:
        return {name: value for name, value in self.values.items() if value is not None}


def read_figures(
    facts: Sequence[Fact], written: Mapping[str, Sequence[str]], known: Mapping[str, Value], as_of: date
) -> Reading:
    """The figures ``written``, texts by fact; a question that is not among them shows what is ``known``."""
    values: dict[str, Value | None] = {}
    fields = []
    for fact in facts:
        texts = tuple(written[fact.id]) if fact.id in written else texts_of(known.get(fact.id))
        error = ""
        try:
            values[fact.id] = read_answer(fact, texts, as_of)
        except AnswerError as mistake:
            error = str(mistake)
        fields.append(field_of(fact, texts, error))
    return Reading(values, tuple(fields))
