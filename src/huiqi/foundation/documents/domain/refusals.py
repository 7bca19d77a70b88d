"""A file that is not taken, in words for whoever sent it."""


class RefusedError(ValueError):
    """A file is not taken. The message says what is wrong and what to do, in sentences for the sender."""


def refuse_unless(is_fine: bool, words: str) -> None:
    """Go on where all is well; RefusedError with these words otherwise."""
    if not is_fine:
        raise RefusedError(words)
