"""The people of the demo: one for each role. Names, numbers and organisations are invented and say 演示."""

from dataclasses import dataclass

DEMO_PREFIX = "138000000"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """``name`` of a person, ``role``, and the organisation by kind and name; empty for who has none."""

    number: str
    name: str
    role: str
    kind: str
    organisation: str


_ROWS = (
    ("演示甲", "person", "", ""),
    ("演示面", "owner", "business", "温县演示面馆"),
    ("演示帮", "handler", "business", "温县演示面馆"),
    ("演示办", "officer", "department", "温县市场监管局（演示）"),
    ("演示窗", "window_clerk", "department", "温县市场监管局（演示）"),
    ("演示局", "department_head", "department", "温县市场监管局（演示）"),
    ("演示专", "task_force", "task_force", "温县融资协调专班（演示）"),
    ("演示客", "bank_clerk", "bank", "焦作演示银行温县支行"),
    ("演示行", "bank_manager", "bank", "焦作演示银行温县支行"),
    ("演示担", "guarantor", "guarantor", "焦作演示融资担保公司"),
    ("演示问", "adviser", "provider", "温县演示代办服务中心"),
    ("演示会", "fund_accountant", "fund_office", "焦作市贴息资金办公室（演示）"),
    ("演示批", "fund_approver", "fund_office", "焦作市贴息资金办公室（演示）"),
    ("演示审", "auditor", "audit_office", "焦作市审计局（演示）"),
    ("演示系", "system_admin", "platform", "焦个企惠平台运营（演示）"),
    ("演示安", "security_admin", "platform", "焦个企惠平台运营（演示）"),
    ("演示记", "audit_admin", "platform", "焦个企惠平台运营（演示）"),
    ("演示服", "support", "platform", "焦个企惠平台运营（演示）"),
)
DEMO_ACCOUNTS = tuple(
    DemoAccount(f"{DEMO_PREFIX}{number:02}", *row) for number, row in enumerate(_ROWS, start=1)
)
DEMO_NUMBERS = tuple(each.number for each in DEMO_ACCOUNTS)
