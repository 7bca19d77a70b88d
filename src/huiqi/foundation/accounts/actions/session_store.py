"""Where sessions are kept: Django's store over our own table (SESSION_ENGINE names this module)."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db

from huiqi.foundation.accounts.models import Session
from huiqi.foundation.accounts.queries.acting import BEGAN_KEY, DEVICE_KEY, HANDLE_KEY, PERSON_KEY


class SessionStore(db.SessionStore):
    """The key goes to the table as a digest and the content encrypted; beside them what a list of one's
    sessions shows.
    """

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        handle = data.setdefault(HANDLE_KEY, str(uuid.uuid4()))
        began = data.get(BEGAN_KEY)
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined] # not in the stubs
            handle=uuid.UUID(handle),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=data.get(PERSON_KEY),
            device=data.get(DEVICE_KEY, ""),
            began_at=datetime.fromisoformat(began) if began else None,
        )

    def decode(self, session_data: Any) -> dict[str, Any]:
        return super().decode(session_data.reveal())
