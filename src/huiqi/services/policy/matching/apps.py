from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "huiqi.services.policy.matching"
    label = "matching"
    verbose_name = "政策匹配"
