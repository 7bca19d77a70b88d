"""Ways on from the first page: the rooms a role works in beside its cases, each only where the table of
rights opens it.
"""

from dataclasses import dataclass

from django.urls import reverse

from huiqi.foundation.access.queries import may_open
from huiqi.foundation.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class Way:
    """A way in: its words, its drawing and its address; ``hint`` is what lies behind it."""

    label: str
    icon: str
    url: str
    hint: str


# Verb, words, drawing, name of the address, what lies behind; in the order they are shown.
_WAYS = (
    ("businesses.bind", "我的企业", "shop", "businesses:own", "各部门怎么登记的，不对的可以更正"),
    ("accounts.act_on_behalf", "替人办事", "pencil", "accounts:principals", "委托您的人都在这里"),
    ("accounts.grant_mandate", "委托别人", "people", "accounts:mandates", "请家人、员工、记账公司替您办"),
    ("consent.give", "我的授权", "shield", "consent:consents", "让谁看您的什么信息，随时能收回"),
    ("consent.see_held", "收到的授权", "file", "consent:held", "哪些商户让本单位看信息"),
    ("accounts.see_as", "代看用户的页面", "eye", "accounts:see_as", "用户说看不到时用"),
    ("audit.search", "审计记录", "search", "audit:log", "谁在什么时候办了什么"),
    ("portal.find_party", "按手机号、单位查记录", "people", "portal:find_party", "先找到人或单位"),
    ("parameters.propose", "办事数字", "yuan", "parameters:list", "期限、次数：您提出修改，另一位同意"),
    ("parameters.approve", "办事数字", "yuan", "parameters:list", "期限、次数：别人提出修改，您来同意"),
)
_OWN_OFFICE = "我的单位", "grid", "accounts:organisation", "里面有谁，各是什么身份"
_LOOKS = "谁看过我的信息", "shield", "audit:looks_at_me", "别人每看一次都有记录"


def ways_of(actor: Actor) -> list[Way]:
    """What this person can open, in the order of use; asks the database nothing."""
    found = [way for verb, *way in _WAYS if may_open(actor.role, verb)]
    if actor.organisation:
        found.append(list(_OWN_OFFICE))
    found.append(list(_LOOKS))
    return [Way(label, icon, reverse(view), hint) for label, icon, view, hint in found]
