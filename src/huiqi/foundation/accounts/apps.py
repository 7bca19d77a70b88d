from typing import ClassVar

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huiqi.foundation.accounts"
    label = "accounts"
    verbose_name = "账号"
    audit_verbs: ClassVar = {
        # people and sign-in
        "accounts.sign_in": "登录了",
        "accounts.sign_out": "退出了登录",
    }
