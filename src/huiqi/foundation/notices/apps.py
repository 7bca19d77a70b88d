from typing import ClassVar

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "huiqi.foundation.notices"
    label = "notices"
    verbose_name = "消息"
    audit_verbs: ClassVar = {
        "notices.notify": "发出了消息",
        "notices.withdraw": "撤回了消息",
        "notices.mark_read": "看过了消息",
        "notices.choose": "改了接收消息的方式",
        "notices.set_mail": "填写了接收消息的邮箱",
        "notices.confirm_mail": "确认了接收消息的邮箱",
        "notices.announce": "发出了单位通知",
    }
    notice_kinds: ClassVar = {
        "notices.letter": {
            "words": "单位发来的通知",
            "title": "{title}",
            "body": "{body}\n\n{place}",
            "sms": "{short_place}给您发来一条通知，请登录焦个企惠，在“消息”里看。",
            "switched_off_by": ("everyone",),
        },
    }
    parameters: ClassVar = {
        "notices.quiet_from": {
            "kind": "whole",
            "unit": "点",
            "default": 21,
            "least": 0,
            "most": 23,
            "title": "晚上几点起不发短信和邮件",
            "words": "从这个整点起，不急的短信和邮件先不发，急事除外。每个人可以自己另定。",
            "source": "没有文件规定",
            "mark": "ours",
            "read_by": "发短信和邮件的时间",
            "is_public": True,
        },
        "notices.quiet_until": {
            "kind": "whole",
            "unit": "点",
            "default": 8,
            "least": 0,
            "most": 23,
            "title": "早上几点起再发短信和邮件",
            "words": "到这个整点再接着发。和“晚上几点起”一样，就是全天都可以发。",
            "source": "没有文件规定",
            "mark": "ours",
            "read_by": "发短信和邮件的时间",
            "is_public": True,
        },
        "notices.announcements_a_day": {
            "kind": "whole",
            "unit": "次",
            "default": 30,
            "least": 1,
            "most": 1000,
            "title": "一个单位一天最多发几次通知",
            "words": "超过的请过一会儿再发，免得大家收到太多。",
            "source": "没有文件规定",
            "mark": "ours",
            "read_by": "写单位通知的页面",
        },
    }
    outbox_kinds: ClassVar = {
        "notices.deliver": {
            "handler": "huiqi.foundation.notices.tasks.deliver",
            "words": "把消息发到手机或邮箱",
            "is_outside": True,
            "max_attempts": 10,
            "backoff_seconds": 30,
            "lease_seconds": 300,
        },
        "notices.digest": {
            "handler": "huiqi.foundation.notices.tasks.digest",
            "words": "把一天的消息合成一封邮件",
            "every_seconds": 24 * 3600,
            "offset_seconds": 8 * 3600 + 1800,
        },
        "notices.forget": {
            "handler": "huiqi.foundation.notices.tasks.forget",
            "words": "删掉已注销的人的邮箱",
            "every_seconds": 24 * 3600,
            "offset_seconds": 3 * 3600,
        },
    }

    def ready(self) -> None:
        """Rooms below this one tell people through it."""
        from huiqi.foundation.accounts.actions import register_teller, register_texter  # noqa: PLC0415
        from huiqi.foundation.notices.actions import notify  # noqa: PLC0415 - models are loaded now
        from huiqi.foundation.notices.tasks import text  # noqa: PLC0415

        register_teller(notify)
        register_texter(text)
