"""Why something was not done, in words for whoever asked for it."""

from datetime import datetime


class CaseError(ValueError):
    """Something that cannot be done to a case now; nothing was changed."""


class ConflictError(CaseError):
    """Somebody was first. What was written must be shown again."""

    def __init__(self, who: str, at: datetime, what: str, *, is_self: bool) -> None:
        self.who = who
        by = "您刚才" if is_self else who
        super().__init__(
            f"{by}（{at:%H:%M}）已经先办了：{what}。这次没有重复办，您写的还在下面，请看过再决定。"
        )
