"""How people sign in: which roles take two proofs, how long a session lasts, what a number and a code are."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiqi.core.standards.masks import phone_digits

# Whose account opens other people's files or money (网络安全等级保护基本要求 GB/T 22239-2019, 8.1.4.1 d).
TWO_PROOFS = frozenset(
    {
        *("officer", "department_head", "window_clerk", "task_force", "bank_clerk", "bank_manager"),
        *("guarantor", "fund_accountant", "fund_approver", "auditor"),
        *("system_admin", "security_admin", "audit_admin", "support"),
    }
)
METHODS = {
    "code": "手机验证码",
    "password": "密码",
    "passkey": "通行密钥",
    "totp": "动态码",
    "recovery": "备用码",
    "oidc": "政务服务网账号",
}
# One gesture with a passkey proves the device and who holds it.
WHOLE_METHODS = frozenset({"passkey"})
_MOBILE = re.compile("1[3-9][0-9]{9}")
_AS_A_NUMBER = re.compile(r"[0-9+()\-\s.]{11,24}")
CODE_DIGITS = 6


class SignInRefusedError(Exception):
    """Somebody cannot be signed in; the message is for them and says what to do."""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lasts from the sign-in on, whatever is done with it."""

    staff: timedelta
    others: timedelta

    def of(self, role: str) -> timedelta:
        return self.staff if role in TWO_PROOFS else self.others

    def ends_at(self, role: str, began_at: datetime) -> datetime:
        return began_at + self.of(role)


def method_words(method: str) -> str:
    """``password+totp`` as it is read: 密码、动态码; what follows a colon names the provider."""
    return "、".join(METHODS.get(part.partition(":")[0], part) for part in method.split("+"))


def mobile_number(text: str) -> str:
    """The eleven digits of a mainland mobile number, however it is written; empty for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip() if len(text) <= 60 else ""
    digits = phone_digits(plain) if _AS_A_NUMBER.fullmatch(plain) else ""
    return digits if _MOBILE.fullmatch(digits) else ""


def code_digits(text: str) -> str:
    """The six digits of a code in any width, with spaces between or around; empty for anything else."""
    plain = unicodedata.normalize("NFKC", text) if len(text) <= 60 else ""
    digits = re.sub(r"[\s-]", "", plain)
    return digits if digits.isascii() and digits.isdigit() and len(digits) == CODE_DIGITS else ""
