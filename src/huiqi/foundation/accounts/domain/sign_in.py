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
    "oidc": "{}账号",
    "oidc-strong": "{}账号（已验两道）",
}
# One gesture with a passkey proves the device and who holds it; some providers ask for two proofs themselves.
WHOLE_METHODS = frozenset({"passkey", "oidc-strong"})
_MOBILE = re.compile("1[3-9][0-9]{9}")
_AS_A_NUMBER = re.compile(r"[0-9+()\-\s.]{11,24}")
CODE_DIGITS = 6


class SignInRefusedError(Exception):
    """Somebody cannot be signed in; the message is for them and says what to do."""


class NotSentError(Exception):
    """A message did not leave; the text is for whoever waits for it."""


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
    parts = [part.partition(":") for part in method.split("+")]
    return "、".join(METHODS.get(kind, kind).format(provider) for kind, _, provider in parts)


def is_whole(method: str) -> bool:
    """Whether a method counts as two proofs."""
    return method.partition(":")[0] in WHOLE_METHODS


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


SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 256
LONGEST_NAME = 40


def password_fault(password: str) -> str:
    """What is wrong with a new password as it stands; empty for nothing. It is never cut or changed."""
    if len(password) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 位。几个不相干的词连起来，又长又好记。"
    if len(password) > LONGEST_PASSWORD:
        return f"密码最多 {LONGEST_PASSWORD} 位。"
    if password.isdigit() or len(set(password)) < 4:
        return "密码不能只有数字，也不能总是那几个字符。请加上字母或汉字。"
    return ""


_SYSTEMS = (
    ("HarmonyOS", "鸿蒙手机"),
    ("OpenHarmony", "鸿蒙手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Mac OS X", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("AlipayClient", "支付宝"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("MQQBrowser", "QQ 浏览器"),
    ("UCBrowser", "UC 浏览器"),
    ("360", "360 浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "谷歌浏览器"),
    ("Safari", "Safari"),
)


def device_words(agent: str) -> str:
    """What a browser says it is, in words its owner knows it by: 安卓手机，微信."""
    system = next((words for sign, words in _SYSTEMS if sign in agent), "一台设备")
    browser = next((words for sign, words in _BROWSERS if sign in agent), "")
    return f"{system}，{browser}" if browser else system
