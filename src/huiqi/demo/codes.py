"""Credit codes for the demo city: valid by GB 32100-2015, and fictional by their body, which begins MATE."""

from collections.abc import Iterable

from huiqi.core.standards.credit_code import ALPHABET, check_digit, organisation_check

BODY = "MATE"
_FREE = 4
SERIALS = len(ALPHABET) ** _FREE
# Coprime to SERIALS, so neighbours in the register do not carry neighbouring codes and none repeats.
_STRIDE = 387_421


def credit_code(head: str, area: str, serial: int) -> str:
    """The code number `serial` (0 up to SERIALS - 1) among those with this head and area."""
    if not 0 <= serial < SERIALS:
        raise ValueError(f"同一区划同一类型最多 {SERIALS} 个演示代码，请减少数量。")
    organisation = BODY + _spelled(serial * _STRIDE % SERIALS)
    first_17 = head + area + organisation + organisation_check(organisation)
    return first_17 + check_digit(first_17)


def _spelled(number: int) -> str:
    letters = []
    for _ in range(_FREE):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def credit_codes(heads: Iterable[str], areas: Iterable[str]) -> list[str]:
    """One code a business, unique in the city: serials count up within each head and area."""
    given: dict[tuple[str, str], int] = {}
    codes = []
    for head, area in zip(heads, areas, strict=True):
        serial = given.get((head, area), 0)
        given[head, area] = serial + 1
        codes.append(credit_code(head, area, serial))
    return codes
