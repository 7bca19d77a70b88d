from typing import ClassVar

from django.apps import AppConfig


class BusinessesConfig(AppConfig):
    name = "huiqi.foundation.businesses"
    label = "businesses"
    audit_verbs: ClassVar = {"businesses.load_registrations": "载入了登记册"}
