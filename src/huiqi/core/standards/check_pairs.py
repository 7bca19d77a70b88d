"""Two check digits by ISO 7064 MOD 97-10 (GB/T 17710): they find any one wrong character and any two that
changed places.
"""


def check_pair(body: str) -> str:
    """The two digits to be put behind ``body``: digits and capital letters, hyphens are passed over."""
    return f"{98 - _remainder(body + '00'):02}"


def is_checked(text: str) -> bool:
    """Whether ``text`` ends with the pair of what stands before it."""
    return _remainder(text) == 1


def _remainder(text: str) -> int:
    """Letters count as 10 to 35."""
    return int("".join(str(int(mark, 36)) for mark in text if mark != "-")) % 97
