"""What an auditor asks the log, read from the address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone

from huiqi.foundation.audit.domain import LONGEST_ID
from huiqi.foundation.audit.queries import LogSearch, verbs

USUAL_DAYS = 30
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
LONGEST_PURPOSE = 200
LARGEST_ID = 2**63 - 1
TEXTS = ("actor_id", "organisation_id", "party_id", "subject_kind", "subject_id", "verb", "request_id")


@dataclass(frozen=True, slots=True)
class Asked:
    """The search, with what is wrong about it, in words; empty where nothing is."""

    search: LogSearch
    since: date
    until: date
    said: str

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What was written, by the name of its field."""
        return tuple((name, getattr(self.search, name)) for name in TEXTS)


def read_asked(sent: QueryDict, today: date) -> Asked:
    """Read a search. Days are included on both ends; without them the last thirty, or, where an index leads
    to what is looked for, all there are. The number of a request stands for itself, whatever its day.
    """
    texts = {name: _printable(sent.get(name, ""))[:LONGEST_ID] for name in TEXTS}
    if texts["verb"] not in verbs():
        texts["verb"] = ""
    texts["request_id"] = texts["request_id"].upper()
    until = _day(sent.get("until", ""), today)
    search = LogSearch(_start_of(EARLIEST), _start_of(until + timedelta(days=1)), **texts)
    usual = EARLIEST if search.is_narrow else until - timedelta(days=USUAL_DAYS)
    since = EARLIEST if search.request_id else _day(sent.get("since", ""), usual)
    search = replace(search, since=_start_of(since))
    said = ""
    if since > until:
        said = "开始的日子在结束的日子后面，请把两个日子对调一下。"
    elif search.is_too_wide:
        said = "没有写是谁、谁的信息、哪一件或请求编号时，一次最多查 92 天。请缩短日子，或者再写一项。"
    return Asked(search, since, until, said)


def read_before(sent: QueryDict) -> int:
    """From which entry on; 0 for the newest."""
    text = sent.get("before", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return min(number, LARGEST_ID)


def read_purpose(sent: QueryDict) -> str:
    """What a file is for, in one line; empty where nothing was written."""
    return " ".join(_printable(sent.get("purpose", "")).split())[:LONGEST_PURPOSE]


def _printable(text: str) -> str:
    """What can be seen of a text: nobody searches by what nobody sees."""
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _day(text: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return min(max(day, EARLIEST), LATEST)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())
