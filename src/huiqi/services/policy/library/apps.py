from typing import ClassVar

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "huiqi.services.policy.library"
    label = "library"
    verbose_name = "政策库"
    audit_verbs: ClassVar = {"library.load_seed": "载入了政策库"}
