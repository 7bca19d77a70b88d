"""An entry as a sentence that can be read aloud."""

import json
import re
from collections.abc import Mapping
from datetime import tzinfo

from huiqi.foundation.audit.domain.entries import KeptEntry

NOTHING = "无"
# A number by which somebody is reached or known: a telephone, an identity card, an account.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{7,18}[0-9Xx]?(?![0-9A-Za-z])")


def line_of(entry: KeptEntry, verbs: Mapping[str, str], zone: tzinfo) -> str:
    """As 2026-11-24 09:30:00 王某（市政务和大数据局）代 温县某面馆 修改了 联系电话，理由：本人来电；…

    ``verbs`` gives the wording of each verb; one that is no longer known is shown by its name.
    """
    moment = entry.happened_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    who = entry.actor_name or entry.actor_id
    if entry.organisation_id:
        who += f"（{entry.organisation_name or entry.organisation_id}）"
    if entry.behalf_id:
        who += f"代 {entry.behalf_name or entry.behalf_id} "
    done = verbs.get(entry.verb, entry.verb)
    line = f"{moment} {who}{done} {entry.subject_name or entry.subject_id}"
    if entry.reason:
        line += f"，理由：{entry.reason}"
    told = _changes_told(entry.changes)
    return _one_line(f"{line}；{told}" if told else line)


def changes_of(entry: KeptEntry) -> tuple[tuple[str, str, str], ...]:
    """Each field that changed: its name, what it was and what it is, for auditors, who see numbers masked."""
    try:
        pairs = json.loads(entry.changes).items()
        return tuple((name, masked(_value(old)), masked(_value(new))) for name, (old, new) in pairs)
    except (ValueError, TypeError, AttributeError):
        return (("内容", "", masked(entry.changes)),)  # not written by us; verify says so


def masked(text: str) -> str:
    """A text without the numbers by which a person is reached or known."""
    return _NUMBER.sub(lambda found: f"{found[0][:3]}***{found[0][-2:]}", _one_line(text))


def _changes_told(changes: str) -> str:
    try:
        pairs = json.loads(changes).items()
        return "，".join(_change_told(name, old, new) for name, (old, new) in pairs)
    except (ValueError, TypeError, AttributeError):
        return changes  # not written by us; verify says so


def _change_told(name: str, old: object, new: object) -> str:
    return f"{name} {_value(new)}" if old is None else f"{name} {_value(old)} → {_value(new)}"


def _value(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return "、".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _one_line(text: str) -> str:
    """A reason may hold line breaks or terminal commands; a line of a log holds neither."""
    return "".join(each if each.isprintable() else " " for each in text)
