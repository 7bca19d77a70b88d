"""The door for writers: signing in and out, and one's own account."""

from huiqi.foundation.accounts.actions.demo import make_demo_people
from huiqi.foundation.accounts.actions.sessions import begin_session, end_session
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError

__all__ = ["SignInRefusedError", "begin_session", "end_session", "make_demo_people"]
