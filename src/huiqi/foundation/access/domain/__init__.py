"""The table of rights and how it is read: plain text in, yes or no out."""

from huiqi.foundation.access.domain.deciding import Rights, Rule, RuleError, read_rules
from huiqi.foundation.access.domain.table import TABLE
from huiqi.foundation.access.domain.words import BRINGS, MANDATABLE, RELATIONS, ROLES, VERBS, sentence

RIGHTS = Rights(read_rules(TABLE))

__all__ = [
    "BRINGS",
    "MANDATABLE",
    "RELATIONS",
    "RIGHTS",
    "ROLES",
    "TABLE",
    "VERBS",
    "Rights",
    "Rule",
    "RuleError",
    "read_rules",
    "sentence",
]
