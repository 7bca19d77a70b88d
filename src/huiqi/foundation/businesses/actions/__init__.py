"""The door for writers: the register, who runs which business, and what is said of each."""

from huiqi.foundation.businesses.actions.binding import Bound, bind, change_code, open_without_code
from huiqi.foundation.businesses.actions.declaring import declare, erase_declared
from huiqi.foundation.businesses.actions.demo import make_demo_sheet
from huiqi.foundation.businesses.actions.disputing import Objection, dispute
from huiqi.foundation.businesses.actions.loading import LoadReport, load_registrations
from huiqi.foundation.businesses.actions.recording import OWNER_SOURCE, Source, record_facts
from huiqi.foundation.businesses.domain import BusinessError, SourceKind

__all__ = [
    "OWNER_SOURCE",
    "Bound",
    "BusinessError",
    "LoadReport",
    "Objection",
    "Source",
    "SourceKind",
    "bind",
    "change_code",
    "declare",
    "dispute",
    "erase_declared",
    "load_registrations",
    "make_demo_sheet",
    "open_without_code",
    "record_facts",
]
