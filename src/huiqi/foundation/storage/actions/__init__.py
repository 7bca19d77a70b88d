"""The door for writers: taking turns, spending what a visitor is allowed, and noting a look while reading."""

from huiqi.foundation.storage.actions.allowances import spend, spend_or_refuse
from huiqi.foundation.storage.actions.looking import adding_while_reading
from huiqi.foundation.storage.actions.turns import one_at_a_time
from huiqi.foundation.storage.domain import Allowance, TooOftenError

__all__ = ["Allowance", "TooOftenError", "adding_while_reading", "one_at_a_time", "spend", "spend_or_refuse"]
