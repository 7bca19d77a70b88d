"""The door for writers: loading the seed, and what people say of an item."""

from huiqi.services.policy.library.actions.checks import CheckError, record_checks
from huiqi.services.policy.library.actions.loading import load_seed
from huiqi.services.policy.library.actions.reports import forget_contacts, report_mistake

__all__ = ["CheckError", "forget_contacts", "load_seed", "record_checks", "report_mistake"]
