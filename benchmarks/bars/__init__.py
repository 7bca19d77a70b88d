"""The bars the project sets itself: a module beside this one registers its own, `make evidence` runs all."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in words with its unit, and whether it meets the bar."""

    text: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the evidence. `source` says who asks for it; `measure` is stopped after `limit_minutes`."""

    name: str
    bar: str
    source: str
    measure: Callable[[], Figure]
    limit_minutes: float


_registered: list[Bar] = []


def bar(
    name: str, bar: str, *, source: str, limit_minutes: float = 10
) -> Callable[[Callable[[], Figure]], Callable[[], Figure]]:
    """Register a function that measures one bar. Bars run in the order of their modules and lines.

    Several bars may share one costly measurement through a function under `functools.cache`.
    """

    def register(measure: Callable[[], Figure]) -> Callable[[], Figure]:
        if any(known.name == name for known in _registered):
            raise ValueError(f"two bars are called {name}")
        _registered.append(Bar(name, bar, source, measure, limit_minutes))
        return measure

    return register


def all_bars() -> tuple[Bar, ...]:
    """Every bar of every module in this folder."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_registered)
