"""The kinds of case there are: each room declares its own."""

from collections.abc import Mapping
from functools import cache

from django.apps import apps

from huiqi.foundation.cases.domain import CaseKind


@cache
def kinds() -> Mapping[str, CaseKind]:
    """Every kind by its id, from ``case_kinds`` of each AppConfig; ValueError where two share a name."""
    known: dict[str, CaseKind] = {}
    for config in apps.get_app_configs():
        for kind in getattr(config, "case_kinds", ()):
            if kind.id in known or any(kind.code == other.code for other in known.values()):
                raise ValueError(f"two rooms declare a case kind {kind.id} or {kind.code}")
            known[kind.id] = kind
    return known
