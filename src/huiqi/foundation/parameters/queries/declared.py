"""Which parameters there are: each room declares its own."""

from collections.abc import Mapping
from functools import cache

from django.apps import apps

from huiqi.foundation.parameters.domain import DeclarationError, Parameter, read_parameter


@cache
def declared() -> Mapping[str, Parameter]:
    """Every parameter by its key, from ``parameters`` of each AppConfig: the key begins with the label of the
    room. DeclarationError where one is declared wrongly.
    """
    known: dict[str, Parameter] = {}
    for config in apps.get_app_configs():
        for key, parts in getattr(config, "parameters", {}).items():
            parameter = read_parameter(key, parts)
            if parameter.room != config.label:
                raise DeclarationError(f"{key} is declared by {config.label}")
            known[key] = parameter
    return known


def named(key: str) -> Parameter:
    """The parameter of that key; DeclarationError where no room declares it."""
    try:
        return declared()[key]
    except KeyError:
        raise DeclarationError(f"no room declares the parameter {key}") from None


def room_words(parameter: Parameter) -> str:
    """The room of a parameter as people call it: 政策库."""
    return str(apps.get_app_config(parameter.room).verbose_name)
