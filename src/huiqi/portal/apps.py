from typing import ClassVar

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "huiqi.portal"
    label = "portal"
    audit_looks: ClassVar = {"portal.find_party": "按手机号或单位找了审计记录"}
