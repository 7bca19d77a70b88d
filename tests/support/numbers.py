"""Numbers of the city for tests, as if two people had agreed to them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiqi.foundation.parameters.domain import Value, kept_text
from huiqi.foundation.parameters.models import ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries import read_anew
from tests.support.people import someone

LONG_AGO = date(2026, 1, 1)


def agreed(key: str, value: Value, from_on: date = LONG_AGO) -> ParameterVersion:
    """A number in force from a day on, however long ago that is."""
    moment = datetime.combine(from_on, datetime.min.time(), ZoneInfo("Asia/Shanghai")) - timedelta(days=1)
    proposal = ParameterProposal.objects.create(
        key=key,
        value=kept_text(value),
        from_on=from_on,
        reason="试用",
        proposed_by=someone("system_admin").person,
        proposed_at=moment,
        state="approved",
        decided_by=someone("security_admin").person,
        decided_at=moment,
    )
    read_anew()
    return ParameterVersion.objects.create(key=key, value=proposal.value, from_on=from_on, proposal=proposal)
