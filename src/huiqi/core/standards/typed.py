"""What people type, as it is kept."""


def plain_line(text: str) -> str:
    """What can be seen of a text, in one line; whatever parts its words is one space."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
