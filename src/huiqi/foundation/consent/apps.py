from typing import ClassVar

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "huiqi.foundation.consent"
    label = "consent"
    verbose_name = "授权"
    audit_verbs: ClassVar = {
        "consent.give": "授了权",
        "consent.revoke": "收回了授权",
        "consent.ask": "请别人授权",
        "consent.withdraw_ask": "撤回了请别人授权",
        "consent.decline": "没有同意授权",
    }
    audit_looks: ClassVar = {
        "consent.see": "看了授权书",
        "consent.refuse_read": "想看没有授权的信息，没有给看",
    }
    notice_kinds: ClassVar = {
        "consent.give": {
            "words": "有人授权贵单位看信息",
            "title": "{subject} 授权贵单位：{purpose}",
            "body": "{subject} 授权贵单位看：{classes}，只用于{purpose}，到 {until_on} 为止。"
            "每看一次对方都看得到。",
        },
        "consent.revoke": {
            "words": "授权收回了",
            "title": "{subject} 收回了授权：{purpose}",
            "body": "{subject} 收回了给贵单位的授权（{purpose}：{classes}）。从现在起不能再看。",
        },
        "consent.decline": {
            "words": "您请的人没有同意授权",
            "title": "没有同意授权：{relation}",
            "body": "您请{relation}（{phone}）授权给 {grantee}，对方没有同意。可以先和对方商量，再请一次。",
        },
    }
    parameters: ClassVar = {
        "consent.longest_days": {
            "kind": "days",
            "default": 365,
            "least": 1,
            "most": 366,
            "title": "一次授权最长多少天",
            "words": "让别人看自己的信息，一次最长多少天。已经授的权不受影响。",
            "source": "没有文件规定，银行通行做法是不超过一年",
            "mark": "inferred",
            "read_by": "授权页面的到期日",
            "is_public": True,
        },
    }
