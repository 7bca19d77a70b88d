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
        "accounts.decline_invitation": "谢绝了邀请",
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
        # the lost telephone
        "accounts.open_phone_request": "提出了换号申请",
        "accounts.find_phone_holder": "为换号查了一个号码",
        "accounts.approve_phone_request": "核对并同意了换号",
        "accounts.refuse_phone_request": "没有同意换号",
        "accounts.withdraw_phone_request": "撤回了换号申请",
        "accounts.stop_phone_request": "叫停了换自己号码的申请",
        "accounts.expire_phone_request": "换号申请过期了",
        "accounts.overtake_phone_request": "换号申请因情况变了没有办",
        "accounts.change_lost_phone": "到时间换了手机号",
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
        "accounts.decline_invitation": {
            "words": "有人谢绝了您的邀请",
            "title": "对方谢绝了：{role}",
            "body": "您邀请 {phone} 做{place}的{role}，对方谢绝了，没有加入。商量好了，可以再邀请一次。",
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
        # identities of another provider
        "accounts.connect_identity": {
            "words": "别处的账号连上了您的账号",
            "title": "{provider}账号连上了您的账号",
            "body": "从现在起，用{provider}的账号也能登录您在这里的账号。不是您连的，"
            "请马上到“我的账号”里解除，再结束别处的登录。",
        },
        "accounts.end_identity": {
            "words": "别处的账号不再连着您的账号",
            "title": "{provider}账号已经解除",
            "body": "用{provider}的账号不能再登录您在这里的账号，别的登录方式照旧。不是您解除的，"
            "请马上到“我的账号”里结束别处的登录，再改密码。",
        },
        # the lost telephone
        "accounts.change_phone": {
            "words": "您换了手机号",
            "title": "手机号换成了 {phone}",
            "body": "您的账号换成了 {phone}，别处的登录都退出了。不是您换的，请马上拨打 12345。",
            "is_urgent": True,
        },
        "accounts.open_phone_request": {
            "words": "有人申请更换您的手机号",
            "title": "有人在窗口申请更换您的手机号",
            "body": "{place}的工作人员申请把您账号的手机号换成 {phone}，还要另一位工作人员核对。"
            "不是您，请马上在“我的账号”里点“不是我”，或拨打 12345。",
            "sms": "{short_place}有人申请换掉您账号的手机号。"
            "不是您，请马上登录焦个企惠点“不是我”，或拨打12345。",
            "is_urgent": True,
        },
        "accounts.approve_phone_request": {
            "words": "您的手机号就要更换",
            "title": "您的手机号将换成 {phone}",
            "body": "{place}的两位工作人员核对过了，{when}起换成 {phone}，那时各处的登录都会退出。"
            "不是您，请马上在“我的账号”里点“不是我”，或拨打 12345。",
            "sms": "您账号的手机号{hour}起换成新的。不是您，请马上登录焦个企惠点“不是我”，或拨打12345。",
            "is_urgent": True,
        },
        "accounts.change_lost_phone": {
            "words": "您的手机号换好了",
            "title": "手机号换成了 {phone}",
            "body": "您的账号换成了 {phone}，以后用它登录，原来的登录都退出了。委托和身份都没有变。"
            "不是您申请的，请马上拨打 12345。",
            "sms": "您的焦个企惠账号换好了手机号，以后用这个号码登录。身份和委托都没有变。",
            "is_urgent": True,
        },
        "accounts.end_phone_request": {
            "words": "换手机号的申请没有办成",
            "title": "换手机号的申请：{fate}",
            "body": "{place}提出的换号申请，{fate}，您的手机号没有变。原因：{reason}。还要换，请再到窗口办。",
            "sms": "窗口替您账号提出的换手机号申请没有办，手机号没有变。还要换，请再到窗口，或拨打12345。",
            "is_urgent": True,
        },
        "accounts.see_phone_requests": {
            "words": "有换号申请等您核对",
            "title": "等您核对：{name}换手机号",
            "body": "{place}提出了一个换号申请，要另一位工作人员核对。{day}以前没人核对就作废。",
        },
        "accounts.follow_phone_request": {
            "words": "换号申请有了结果",
            "title": "{name}换手机号：{fate}",
            "body": "您提出或核对过的换号申请，现在是“{fate}”。说明：{reason}。",
        },
    }
    # the lost telephone
    parameters: ClassVar = {
        "accounts.lost_phone_hours": {
            "kind": "whole",
            "unit": "小时",
            "default": 24,
            "least": 0,
            "most": 168,
            "title": "窗口换手机号，同意后等多久",
            "words": "两位工作人员都同意以后，等这么久才换，好让本人来得及叫停。写 0 就是马上换。",
            "source": "没有文件规定",
            "mark": "inferred",
            "read_by": "窗口换手机号：什么时候换",
            "is_public": True,
        },
        "accounts.lost_phone_days": {
            "kind": "days",
            "default": 7,
            "least": 1,
            "most": 30,
            "title": "换号申请没人核对，几天作废",
            "words": "窗口提出的换号申请，另一位工作人员这么多天还没核对，就自动作废。",
            "source": "没有文件规定",
            "mark": "inferred",
            "read_by": "窗口换手机号：什么时候作废",
            "is_public": True,
        },
    }
    outbox_kinds: ClassVar = {
        "accounts.settle_phone_request": {
            "handler": "huiqi.foundation.accounts.tasks.settle_phone_request",
            "words": "到时间换手机号，或让没人核对的申请作废",
        },
        "accounts.text_old_number": {
            "handler": "huiqi.foundation.accounts.tasks.text_old_number",
            "words": "告诉旧手机号：它不能再登录",
            "is_outside": True,
        },
    }
