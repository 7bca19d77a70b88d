from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "huiqi.foundation.clock"
    label = "clock"
