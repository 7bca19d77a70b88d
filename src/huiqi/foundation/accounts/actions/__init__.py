"""The door for writers: signing in and out, one's own account, and the office that runs the platform."""

from huiqi.foundation.accounts.actions.demo import make_demo_people
from huiqi.foundation.accounts.actions.offices import PLATFORM, platform_office
from huiqi.foundation.accounts.actions.sessions import begin_session, end_session
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError

__all__ = [
    "PLATFORM",
    "SignInRefusedError",
    "begin_session",
    "end_session",
    "make_demo_people",
    "platform_office",
]
