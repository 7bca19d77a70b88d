"""Pages of those who agree, of those who were asked, and of those who hold consents."""

from huiqi.foundation.consent.pages.asking import ask_page, asked_page, decline_page, made_page
from huiqi.foundation.consent.pages.grantee import held
from huiqi.foundation.consent.pages.owner import consent_page, consents, give_page, revoke_page

__all__ = [
    "ask_page",
    "asked_page",
    "consent_page",
    "consents",
    "decline_page",
    "give_page",
    "held",
    "made_page",
    "revoke_page",
]
