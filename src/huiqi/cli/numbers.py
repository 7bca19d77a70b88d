"""What `huiqi parameters` lists. Imported only once Django is set up."""

from datetime import date
from typing import Any

from huiqi.cli.plainly import told_plainly
from huiqi.foundation.parameters.queries import everything


def listed_numbers(as_of: date) -> list[dict[str, Any]]:
    """Every parameter as plain values, as it stands on a day."""
    with told_plainly():
        return [
            {
                "key": line.key,
                "title": line.title,
                "value": line.value,
                "since": line.since.isoformat() if line.since else None,
                "mark": line.mark,
                "source": line.source,
                "read_by": line.read_by,
                "ahead": [{"from": each.from_on.isoformat(), "value": each.words} for each in line.ahead],
            }
            for line in everything(as_of)
        ]
