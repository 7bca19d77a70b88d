from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "huiqi.foundation.audit"
    label = "audit"
