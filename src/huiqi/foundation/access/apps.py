from typing import ClassVar

from django.apps import AppConfig

from huiqi.foundation.access.domain.words import ROLES


class AccessConfig(AppConfig):
    name = "huiqi.foundation.access"
    label = "access"
    verbose_name = "权限"
    audit_verbs: ClassVar = {}
    audit_roles: ClassVar = ROLES
