"""Reads as the log keeps them: under which consent, or that there was none."""

from datetime import datetime

from django.db import transaction

from huiqi.foundation.audit.actions import Actor, Entry, Subject, record, record_look
from huiqi.foundation.audit.actions.looking import Reading
from huiqi.foundation.consent.queries import Consent, ConsentMissingError


def record_consented_look(request: Reading, verb: str, subject: Subject, consent: Consent) -> None:
    """Say that this page shows ``subject`` under a consent: who is shown it, for what and by which consent
    the subject reads under 谁看过我的信息.
    """
    record_look(request, verb, subject, consent.subject, reason=consent.look_words)


def refuse_read(actor: Actor, missing: ConsentMissingError, now: datetime) -> None:
    """Keep that somebody wanted to read without a consent, in a transaction of its own; for jobs, commands
    and interfaces. A page's refusal is kept by the middleware.
    """
    with transaction.atomic():
        subject, words = refused_subject(missing), refused_words(missing)
        record(Entry(now, actor, "consent.refuse_read", subject, words, party=missing.subject))


def refused_subject(missing: ConsentMissingError) -> Subject:
    """How a line names what was wanted."""
    return Subject("data_class", missing.data_class, f"“{missing.told['想看']}”信息")


def refused_words(missing: ConsentMissingError) -> str:
    """用途：申请贷款；没有授权，没有给看"""
    return f"用途：{missing.told['用途']}；{missing.told['结果']}"
