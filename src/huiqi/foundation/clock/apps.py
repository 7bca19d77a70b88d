from typing import ClassVar

from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "huiqi.foundation.clock"
    label = "clock"
    audit_verbs: ClassVar = {"clock.advance_demo_clock": "拨快了试用站的日期"}
