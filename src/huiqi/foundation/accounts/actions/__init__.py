"""The door for writers: signing in and out, one's own account; organisations, members and mandates."""

from huiqi.foundation.accounts.actions.businesses import join_business, open_business, rename_business
from huiqi.foundation.accounts.actions.confirming import Confirmed, confirm, request_confirmation
from huiqi.foundation.accounts.actions.demo import make_demo_people
from huiqi.foundation.accounts.actions.founding import appoint_first_administrators
from huiqi.foundation.accounts.actions.mandates import MandateEndedError, hold_mandate
from huiqi.foundation.accounts.actions.members import hand_over
from huiqi.foundation.accounts.actions.offices import PLATFORM, platform_office
from huiqi.foundation.accounts.actions.sessions import begin_session, end_session, switch_role
from huiqi.foundation.accounts.actions.telling import Teller, register_teller, register_texter
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.domain.sign_in import NotSentError, SignInRefusedError
from huiqi.foundation.accounts.queries.numbers import register_numbers
from huiqi.foundation.accounts.queries.open_work import OpenWork, register_open_work

__all__ = [
    "PLATFORM",
    "Confirmed",
    "MandateEndedError",
    "NotSentError",
    "OpenWork",
    "RefusedError",
    "SignInRefusedError",
    "Teller",
    "appoint_first_administrators",
    "begin_session",
    "confirm",
    "end_session",
    "hand_over",
    "hold_mandate",
    "join_business",
    "make_demo_people",
    "open_business",
    "platform_office",
    "register_numbers",
    "register_open_work",
    "register_teller",
    "register_texter",
    "rename_business",
    "request_confirmation",
    "switch_role",
]
