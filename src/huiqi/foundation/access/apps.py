from typing import ClassVar

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "huiqi.foundation.access"
    label = "access"
    verbose_name = "权限"
    audit_verbs: ClassVar = {}
