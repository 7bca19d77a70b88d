"""Pages of the city's numbers: for anybody who wants to know, and for those who change them."""

from huiqi.foundation.parameters.pages.changing import approve, call_off, propose, refuse, withdraw
from huiqi.foundation.parameters.pages.exporting import export
from huiqi.foundation.parameters.pages.showing import all_parameters, parameter_page

__all__ = [
    "all_parameters",
    "approve",
    "call_off",
    "export",
    "parameter_page",
    "propose",
    "refuse",
    "withdraw",
]
