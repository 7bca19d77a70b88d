"""Fixtures every folder of tests may use. What must happen before Django starts is in support/run.py."""

import pytest
from django.template import engines


class UndefinedVariable(str):
    """Stands where Django would print nothing for a name the template misspelt: showing it is an error."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"  # so Django asks for the name to be put in, which is where this speaks up

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")


@pytest.fixture(scope="session", autouse=True)
def undefined_template_variables_are_errors() -> None:
    engines["django"].engine.string_if_invalid = UndefinedVariable("undefined")
