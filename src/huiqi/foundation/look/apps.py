from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "huiqi.foundation.look"
    label = "look"
