"""The unified social credit code (统一社会信用代码), GB 32100-2015.

Eighteen characters: [1] registering authority, [2] class, [3-8] area (GB/T 2260), [9-17] organisation
code whose last character is its own GB 11714 check, [18] check digit.

Wrong length or alphabet is an error. A wrong check digit is only a warning: codes issued in the first
pilots are printed on real licences and fail the formula, so an officer may accept one with open eyes.
"""

from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z
LENGTH = 18
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # GB 11714 keeps all letters
_ORGANISATION_VALUE = {character: value for value, character in enumerate(_ORGANISATION_ALPHABET)}


class CreditCodeKind(StrEnum):
    """What the first two characters say the holder is."""

    STATE_ORGAN = "state_organ"
    PUBLIC_INSTITUTION = "public_institution"
    SOCIAL_ORGANISATION = "social_organisation"
    PRIVATE_NON_ENTERPRISE = "private_non_enterprise"
    FOUNDATION = "foundation"
    ENTERPRISE = "enterprise"
    INDIVIDUAL_BUSINESS = "individual_business"
    FARMERS_COOPERATIVE = "farmers_cooperative"
    OTHER = "other"


_KINDS = {
    "11": CreditCodeKind.STATE_ORGAN,
    "12": CreditCodeKind.PUBLIC_INSTITUTION,
    "51": CreditCodeKind.SOCIAL_ORGANISATION,
    "52": CreditCodeKind.PRIVATE_NON_ENTERPRISE,
    "53": CreditCodeKind.FOUNDATION,
    "91": CreditCodeKind.ENTERPRISE,
    "92": CreditCodeKind.INDIVIDUAL_BUSINESS,
    "93": CreditCodeKind.FARMERS_COOPERATIVE,
}


class CreditCodeWarning(StrEnum):
    """What looks wrong and may still be true; the text is for people."""

    CHECK_DIGIT = "最后一位校验码对不上，请对照营业执照再核对一遍；执照上确实如此的，可以确认后继续。"
    ORGANISATION_CHECK = "第17位校验码对不上，请对照营业执照再核对一遍；执照上确实如此的，可以确认后继续。"


@dataclass(frozen=True, slots=True)
class CreditCodeCheck:
    """The outcome of `check_credit_code`: the cleaned text, one error or any number of warnings."""

    text: str
    error: str | None
    warnings: tuple[CreditCodeWarning, ...] = ()

    @property
    def is_well_formed(self) -> bool:
        return self.error is None

    def is_acceptable(self, *, is_overridden: bool = False) -> bool:
        """True without warnings, or with warnings that a person has looked at and overridden."""
        return self.is_well_formed and (is_overridden or not self.warnings)

    @property
    def authority(self) -> str:
        return self.text[0:1]

    @property
    def entity_class(self) -> str:
        return self.text[1:2]

    @property
    def area_code(self) -> str:
        """Six digits of the registering area, not always the area of business today."""
        return self.text[2:8]

    @property
    def organisation_code(self) -> str:
        """Nine characters, the last being the GB 11714 check."""
        return self.text[8:17]

    @property
    def kind(self) -> CreditCodeKind:
        return _KINDS.get(self.text[0:2], CreditCodeKind.OTHER)


def check_credit_code(text: str) -> CreditCodeCheck:
    """Read a code as a person typed it (case and surrounding blanks are forgiven)."""
    cleaned = text.strip().upper()
    error = _form_error(cleaned)
    if error is not None:
        return CreditCodeCheck(cleaned, error)
    warnings = []
    if check_digit(cleaned[:17]) != cleaned[17]:
        warnings.append(CreditCodeWarning.CHECK_DIGIT)
    if organisation_check(cleaned[8:16]) != cleaned[16]:
        warnings.append(CreditCodeWarning.ORGANISATION_CHECK)
    return CreditCodeCheck(cleaned, None, tuple(warnings))


def _form_error(cleaned: str) -> str | None:
    if len(cleaned) != LENGTH:
        return f"统一社会信用代码应为18位，您填写了{len(cleaned)}位，请对照营业执照补全。"
    for position, character in enumerate(cleaned, start=1):
        if character not in _VALUE:
            return f"第{position}位“{character}”不会出现在统一社会信用代码里（不用 I O S V Z），请改正。"
    if not cleaned[2:8].isdigit():
        return "第3至8位应为登记机关行政区划的六位数字，请对照营业执照改正。"
    return None


def check_digit(first_17: str) -> str:
    """Character 18 for the first seventeen (GB 32100-2015, clause 5.4). ValueError on a foreign character."""
    if len(first_17) != LENGTH - 1 or any(character not in _VALUE for character in first_17):
        raise ValueError("计算校验码需要前17位，且只含 GB 32100 允许的字符。")
    total = sum(_VALUE[character] * weight for character, weight in zip(first_17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check(first_8: str) -> str:
    """Check character of an organisation code (GB 11714-1997) for its first eight characters."""
    if len(first_8) != 8 or any(character not in _ORGANISATION_VALUE for character in first_8):
        raise ValueError("计算主体标识码校验位需要8位数字或大写字母。")
    total = sum(
        _ORGANISATION_VALUE[character] * weight
        for character, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]
