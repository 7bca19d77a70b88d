"""Purposes and classes, texts, and how a consent stands: pure."""

from huiqi.foundation.consent.domain.purposes import DATA_CLASSES, PURPOSES, RELATIONS, Purpose, class_words
from huiqi.foundation.consent.domain.terms import (
    ASK_WORDS,
    STATE_WORDS,
    AskState,
    ConsentRefusedError,
    ConsentState,
    Signature,
    Terms,
    ask_state,
    consent_state,
    end_of,
    faults_of,
)
from huiqi.foundation.consent.domain.texts import Blanks, Text, digests_of, statement_of, text_in_force

__all__ = [
    "ASK_WORDS",
    "DATA_CLASSES",
    "PURPOSES",
    "RELATIONS",
    "STATE_WORDS",
    "AskState",
    "Blanks",
    "ConsentRefusedError",
    "ConsentState",
    "Purpose",
    "Signature",
    "Terms",
    "Text",
    "ask_state",
    "class_words",
    "consent_state",
    "digests_of",
    "end_of",
    "faults_of",
    "statement_of",
    "text_in_force",
]
