from typing import ClassVar

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huiqi.foundation.accounts"
    label = "accounts"
    verbose_name = "账号"
    audit_verbs: ClassVar = {"accounts.make_platform_office": "设立了平台运营"}
