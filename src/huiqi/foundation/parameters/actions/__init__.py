"""The door for writers: proposing a change of a number, and deciding on one somebody else proposed."""

from huiqi.foundation.parameters.actions.deciding import approve, refuse
from huiqi.foundation.parameters.actions.proposing import (
    Change,
    call_off,
    check_change,
    propose,
    withdraw,
)
from huiqi.foundation.parameters.domain import ParameterRefusedError

__all__ = [
    "Change",
    "ParameterRefusedError",
    "approve",
    "call_off",
    "check_change",
    "propose",
    "refuse",
    "withdraw",
]
