"""The one error of this room: where in the rule it is, and what to do about it."""


class RuleError(ValueError):
    """A rule or a fact that cannot be read.

    ``path`` leads to the place inside the item (``conditions/all[2]/value``), ``message`` is a Chinese
    sentence that says what is wrong and what would be right.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}：{message}" if path else message)
        self.path = path
        self.message = message


def shown(raw: object, limit: int = 40) -> str:
    """Return a short, single-line picture of a raw value for an error message."""
    text = repr(raw) if not isinstance(raw, str) else f"“{raw}”"
    text = text.replace("\n", " ")
    return text if len(text) <= limit else text[: limit - 1] + "…"
