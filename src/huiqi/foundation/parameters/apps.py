from typing import ClassVar

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "huiqi.foundation.parameters"
    label = "parameters"
    verbose_name = "办事数字"
    audit_verbs: ClassVar = {
        "parameters.propose": "提出改一个数",
        "parameters.call_off": "提出取消还没到日子的修改",
        "parameters.withdraw": "撤回了提出的修改",
        "parameters.approve": "同意了修改",
        "parameters.refuse": "没有同意修改",
    }
    audit_looks: ClassVar = {"parameters.export": "导出了一个办事数字的经过"}

    def ready(self) -> None:
        """Rooms below this one read the city's numbers through it."""
        from huiqi.foundation.accounts.actions import register_numbers  # noqa: PLC0415 - models are loaded now
        from huiqi.foundation.parameters.queries import number  # noqa: PLC0415

        register_numbers(number)
