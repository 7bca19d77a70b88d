"""Reads what is sent from the pages of parameters; what was written stays, whatever is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from huiqi.foundation.parameters.domain import ParameterRefusedError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote; ``said`` is why it was not done."""

    value: str = ""
    from_on: str = ""
    reason: str = ""
    document: str = ""
    is_confirmed: bool = False
    said: str = ""

    @property
    def day(self) -> date:
        """The day written; ParameterRefusedError where it is none."""
        try:
            if _DAY.fullmatch(self.from_on):
                return date.fromisoformat(self.from_on)
        except ValueError:
            pass
        raise ParameterRefusedError("请选从哪天起用，例如 2026-12-01。写的都还在，没有提交。")


def read_written(posted: QueryDict) -> Written:
    """What was sent."""
    return Written(
        value=posted.get("value", ""),
        from_on=posted.get("from_on", "").strip(),
        reason=posted.get("reason", ""),
        document=posted.get("document", ""),
        is_confirmed=posted.get("confirmed") == "yes",
    )
