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
        "accounts.refuse_sign_in": "没有让登录",
        "accounts.lock_out": "暂时不让再试登录",
        "accounts.open_account": "开了账号",
        "accounts.switch_role": "切换了身份",
        "accounts.end_sessions": "结束了别处的登录",
        "accounts.add_proof": "加了第二道验证",
        "accounts.remove_proofs": "去掉了第二道验证",
        "accounts.remove_passkey": "去掉了一个通行密钥",
        "accounts.refuse_proof": "第二道验证没有通过",
        "accounts.make_recovery_codes": "换了备用码",
        "accounts.correct_name": "改了姓名",
        "accounts.set_password": "设了密码",
        "accounts.change_phone": "换了手机号",
        "accounts.close_account": "注销了账号",
        "accounts.make_demo_person": "开了演示账号",
        # identities of another provider
        "accounts.connect_identity": "连接了别处的账号",
        "accounts.end_identity": "解除了别处的账号",
        # cases
        "accounts.make_platform_office": "设立了平台运营",
        # organisations, members and mandates
        "accounts.open_organisation": "开设了单位",
        "accounts.change_organisation": "改了单位的名称或上级",
        "accounts.close_organisation": "关闭了单位",
        "accounts.invite": "邀请了成员",
        "accounts.withdraw_invitation": "撤回了邀请",
        "accounts.approve_grant": "同意了给身份",
        "accounts.refuse_grant": "没有同意给身份",
        "accounts.accept_invitation": "接受了邀请",
        "accounts.end_membership": "让成员离开了",
        "accounts.hand_over": "移交了成员手上的事",
        "accounts.appoint_deputy": "安排了人代班",
        "accounts.end_deputy": "结束了代班",
        "accounts.grant_mandate": "委托了别人替自己办事",
        "accounts.revoke_mandate": "收回了委托",
        "accounts.act_on_behalf": "开始替委托人办事",
        "accounts.see_as": "开始代看用户看到的页面",
        "accounts.end_seeing": "结束了代看",
        "accounts.appoint_first_administrators": "指定了最初的管理员",
    }
