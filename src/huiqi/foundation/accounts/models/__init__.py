"""What is kept of people and of the organisations they belong to."""

from huiqi.foundation.accounts.models.organisations import Membership, Organisation
from huiqi.foundation.accounts.models.people import Person

__all__ = ["Membership", "Organisation", "Person"]
