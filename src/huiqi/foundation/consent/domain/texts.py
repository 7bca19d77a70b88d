"""The texts people agree to. A text that was shown once never changes: another wording is a new version, in
force from its day on, and the old one stays. What was shown is kept word for word with every consent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.hashes import SHA256, SM3, Hash

from huiqi.core.rules.wording import day_text
from huiqi.foundation.consent.domain.purposes import DATA_CLASSES, PURPOSES


@dataclass(frozen=True, slots=True)
class Text:
    """One version of what is agreed to for a purpose; ``body`` has blanks, filled for each consent."""

    purpose: str
    version: int
    from_on: date
    body: str

    @property
    def digests(self) -> tuple[str, str]:
        return digests_of(self.body)


@dataclass(frozen=True, slots=True)
class Blanks:
    """What a text is filled with: names as they are shown, ids of classes, the last day, included."""

    subject: str
    grantee: str
    classes: frozenset[str]
    until_on: date


class NoTextError(LookupError):
    """No text of this purpose is in force on that day: a mistake of ours."""


_HEAD = """授权书（{purpose}）

授权人：{subject}
被授权人：{grantee}

一、同意被授权人查看授权人下列信息：
{classes}
没有写在上面的信息，被授权人看不到。

二、只用于：{use}。用于别的，要另外授权。
"""
_TAIL = """
四、从签署时起，到 {until}为止，这一天也算在内，到期自动失效。

五、授权人随时可以在本站“我的授权”里收回，收回马上算数，不用说理由。收回以前已经看过的，仍然有效。

六、被授权人每看一次，本站都记下谁看的、看了什么、凭哪份授权，授权人随时查得到。

七、不授权不影响使用本站的其他服务。
"""
_LOAN = "被授权人据此作出的决定，授权人可以要求说明理由，可以要求由人来复核。"
_BODIES: Mapping[str, tuple[str, str]] = {
    "pre_loan": ("审查授权人申请的贷款或者担保", _LOAN),
    "post_loan": (
        "贷款或者担保期间了解授权人经营情况的变化",
        "贷款或者担保结清以后，被授权人不得再看，不管有没有到期。",
    ),
    "credit_enquiry": (
        "审查授权人的贷款申请，或者授权人作担保的贷款申请，向依法设立的征信机构查询授权人的信用报告",
        "这是单独的授权，依据《征信业管理条例》第十八条。查询会在信用报告里留下记录。",
    ),
    "policy_match": (
        "核对授权人能享受哪些政策，并帮助办理",
        "结果由系统初步算出，授权人可以要求由人来复核，也可以不要系统推荐。",
    ),
    "coaching": ("为授权人提供经营辅导", "被授权人应当保密，辅导结束以后不得再看。"),
}
TEXTS: tuple[Text, ...] = tuple(
    Text(purpose, 1, date(2026, 1, 1), f"{_HEAD.replace('{use}', use)}\n三、{more}\n{_TAIL}")
    for purpose, (use, more) in _BODIES.items()
)


def text_in_force(purpose: str, day: date) -> Text:
    """The text of a purpose on a day; NoTextError where there is none."""
    found = [each for each in TEXTS if each.purpose == purpose and each.from_on <= day]
    if not found:
        raise NoTextError(f"{purpose} has no text on {day}")
    return max(found, key=lambda each: (each.from_on, each.version))


def statement_of(text: Text, blanks: Blanks) -> str:
    """The whole text as it is shown to be agreed to. What people are called is put in as it is."""
    lines = [f"{DATA_CLASSES[each].label}（{DATA_CLASSES[each].hint}）" for each in sorted(blanks.classes)]
    filled = {
        "{purpose}": PURPOSES[text.purpose].label,
        "{classes}": "\n".join(f"· {line}" for line in lines),
        "{until}": day_text(blanks.until_on),
    }
    written = text.body
    for blank, words in filled.items():
        written = written.replace(blank, words)
    # Names last: a blank somebody has in their name is no blank.
    before, _, rest = written.partition("{subject}")
    middle, _, after = rest.partition("{grantee}")
    return f"{before}{blanks.subject}{middle}{blanks.grantee}{after}"


def digests_of(words: str) -> tuple[str, str]:
    """SM3 (GB/T 32905-2016) and SHA-256 of a text in UTF-8, as hexadecimal digits."""
    found = []
    for algorithm in (SM3(), SHA256()):
        digest = Hash(algorithm)
        digest.update(words.encode())
        found.append(digest.finalize().hex())
    return found[0], found[1]
