"""Columns into planes: each fact type has one encoder, all of them take their meaning from core.rules."""

from typing import Any

from huiqi.core.rules.facts import FactType
from huiqi.population.encoding.classes import ClassEncoder
from huiqi.population.encoding.cuts import CutEncoder
from huiqi.population.encoding.recipes import Encoder, FactLeaves
from huiqi.population.encoding.tags import BoolEncoder, TagEncoder

__all__ = ["Encoder", "FactLeaves", "encoder_for"]


def encoder_for(asked: FactLeaves) -> Encoder[Any]:
    """The encoder of a fact for the leaves that ask for it."""
    match asked.fact.type:
        case FactType.BOOL:
            return BoolEncoder(asked)
        case FactType.SET:
            return TagEncoder(asked)
        case FactType.ENUM | FactType.CODE:
            return ClassEncoder(asked)
        case _:
            return CutEncoder(asked)
