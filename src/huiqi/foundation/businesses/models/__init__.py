"""What is kept: the register, the businesses of this site, and what is known of each."""

from huiqi.foundation.businesses.models.businesses import Business, BusinessCode
from huiqi.foundation.businesses.models.facts import Dispute, FactRecord, FactValue
from huiqi.foundation.businesses.models.registrations import Registration

__all__ = ["Business", "BusinessCode", "Dispute", "FactRecord", "FactValue", "Registration"]
