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
        "accounts.stop_acting": "结束了替委托人办事",
        "accounts.find_agent": "查了一个受托人的号码",
        "accounts.find_user": "查了一个用户的号码",
        "accounts.see_as": "开始代看用户看到的页面",
        "accounts.end_seeing": "结束了代看",
        "accounts.appoint_first_administrators": "指定了最初的管理员",
        # businesses
        "accounts.become_owner": "凭核验成为经营者",
    }
    # who belongs to a place, to whom it is not their own
    audit_looks: ClassVar = {"accounts.see_organisation": "看了单位的成员名单"}
    # told by whoever registers as teller
    notice_kinds: ClassVar = {
        # mandates and looks of support
        "accounts.grant_mandate": {
            "words": "有人委托您办事",
            "title": "{principal} 委托您办事",
            "body": "{principal} 委托您：{verbs}。从 {from_on} 到 {until_on}。不想办可以在“委托”里辞掉。",
        },
        "accounts.revoke_mandate": {
            "words": "委托收回了",
            "title": "委托收回了：{principal}",
            "body": "{principal} 和 {agent} 的委托从现在起不算数了，不能再替对方办事。办过的都留着记录。",
        },
        "accounts.see_as": {
            "words": "客服代看了您的页面",
            "title": "客服代看您的页面，到 {until} 为止",
            "body": "客服为了帮您，正在看您能看到的页面，只能看，不能替您办。原因：{reason}。"
            "您没有找过客服，请拨打 12345。",
        },
        # organisations and members
        "accounts.invite": {
            "words": "有单位邀请您",
            "title": "有单位邀请您做{role}",
            "body": "{place}邀请您做{role}。{day}以前接受有效；不认识这个单位，不用理会。",
        },
        "accounts.see_grants": {
            "words": "有身份等您同意",
            "title": "等您同意：{role}",
            "body": "{place}要请 {phone} 做{role}。您同意以后对方才能接受，{day}以后作废。",
        },
        "accounts.refuse_grant": {
            "words": "您的邀请没有得到同意",
            "title": "没有同意：{role}",
            "body": "您邀请 {phone} 做{place}的{role}，安全管理员没有同意。原因：{reason}",
        },
        "accounts.end_membership": {
            "words": "您不再是单位的成员",
            "title": "您不再是{role}",
            "body": "{place}已经把您移出，您不再是{role}，这个身份的页面打不开了。有疑问，请问单位。",
        },
        "accounts.appoint_deputy": {
            "words": "请您代班",
            "title": "请您代班",
            "body": "{absent}不在，请您代班：从 {from}到 {until}，原因：{reason}。"
            "这段日子他的办件也列在您的办件台上。",
        },
    }
