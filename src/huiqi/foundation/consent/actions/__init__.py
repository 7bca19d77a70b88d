"""The door for writers: agreeing, taking back, asking another person, and keeping what was read by what."""

from huiqi.foundation.consent.actions.asking import (
    Asked,
    answer,
    ask,
    decline,
    withdraw_ask,
    words_asked_for,
)
from huiqi.foundation.consent.actions.giving import Shown, Wanted, draw_up, give, request_code
from huiqi.foundation.consent.actions.reading import (
    record_consented_look,
    refuse_read,
    refused_subject,
    refused_words,
)
from huiqi.foundation.consent.actions.revoking import revoke
from huiqi.foundation.consent.actions.signing import Signer, register_signer
from huiqi.foundation.consent.domain import ConsentRefusedError, Signature, Terms

__all__ = [
    "Asked",
    "ConsentRefusedError",
    "Shown",
    "Signature",
    "Signer",
    "Terms",
    "Wanted",
    "answer",
    "ask",
    "decline",
    "draw_up",
    "give",
    "record_consented_look",
    "refuse_read",
    "refused_subject",
    "refused_words",
    "register_signer",
    "request_code",
    "revoke",
    "withdraw_ask",
    "words_asked_for",
]
