"""The code that confirms an address: worked out from what is kept, so it is kept nowhere."""

from django.utils.crypto import salted_hmac

CODE_HOURS = 24
MOST_TRIES = 5
_DIGITS = 6


def code_of(nonce: str) -> str:
    """Six digits."""
    number = int(salted_hmac("huiqi.notices.mail", nonce, algorithm="sha256").hexdigest(), 16)
    return f"{number % 10**_DIGITS:0{_DIGITS}}"
