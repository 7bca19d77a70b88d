"""The door for readers: whether one may read, what one gave, what one holds."""

from huiqi.foundation.consent.domain import DATA_CLASSES, PURPOSES
from huiqi.foundation.consent.queries.lists import (
    ask_for,
    ask_made,
    asks_made,
    asks_received,
    consent_for,
    consents_given,
    consents_held,
    others_live,
    own_party,
)
from huiqi.foundation.consent.queries.reading import demand, live, needs_consent
from huiqi.foundation.consent.queries.values import Ask, Consent, ConsentMissingError, Document, day_of

__all__ = [
    "DATA_CLASSES",
    "PURPOSES",
    "Ask",
    "Consent",
    "ConsentMissingError",
    "Document",
    "ask_for",
    "ask_made",
    "asks_made",
    "asks_received",
    "consent_for",
    "consents_given",
    "consents_held",
    "day_of",
    "demand",
    "live",
    "needs_consent",
    "others_live",
    "own_party",
]
