from django.apps import AppConfig


class CalculatorConfig(AppConfig):
    name = "huiqi.services.policy.calculator"
    label = "calculator"
    verbose_name = "政策计算器"
