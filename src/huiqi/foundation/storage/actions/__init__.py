"""The door for writers: taking turns, and spending what a visitor is allowed."""

from huiqi.foundation.storage.actions.allowances import spend, spend_or_refuse
from huiqi.foundation.storage.actions.turns import one_at_a_time
from huiqi.foundation.storage.domain import Allowance, TooOftenError

__all__ = ["Allowance", "TooOftenError", "one_at_a_time", "spend", "spend_or_refuse"]
