"""The words of the table: every role, relation and verb there is, and how it is read aloud."""

EVERYONE = "everyone"
SIGNED_IN = "signed_in"  # whoever is no visitor
VISITOR = "visitor"

ROLES = {
    EVERYONE: "任何人",
    SIGNED_IN: "登录的人",
    VISITOR: "访客",
    "person": "登录的个人",
    "owner": "经营者",
    "handler": "经办人",
    "officer": "工作人员",
    "window_clerk": "窗口人员",
    "department_head": "部门负责人",
    "task_force": "专班成员",
    "bank_clerk": "客户经理",
    "bank_manager": "银行负责人",
    "guarantor": "担保机构人员",
    "adviser": "服务机构人员",
    "fund_accountant": "资金会计",
    "fund_approver": "资金审批人",
    "auditor": "审计员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "audit_admin": "审计管理员",
    "support": "客服",
}

RELATIONS = {
    "public": "公开的",
    "own": "自己的",
    "organisation": "本单位的",
    "below": "下级单位的",
    "assigned": "派给自己的",
    "mandated": "受托办理的",
    "held": "授权给本单位的",
    "seen": "代看时的",
    "all": "全部的",
}

VERBS = {
    "portal.see": "看首页和帮助",
    "look.switch_modes": "换显示方式",
    "library.see": "查政策",
    "library.report_mistake": "报错",
    "matching.ask": "看能享受什么",
    "calculator.work_out": "算能得多少",
    # notices
    "notices.read": "看自己的消息",
    "notices.mark_read": "把自己的消息标为看过",
    "notices.choose": "设置接收消息的方式",
    # people and sign-in
    "accounts.sign_in": "登录",
    "accounts.sign_out": "退出登录",
    "accounts.switch_role": "切换身份",
    "accounts.keep_own": "管理自己的账号",
    # cases
    "cases.see_desk": "看办件台",
    "cases.see": "看办件",
    "cases.advance": "办理办件",
    "cases.pause": "暂停计时",
    "cases.resume": "恢复计时",
    "cases.transfer": "转交办件",
    "cases.note": "在办件里留言",
    "cases.hand_over": "移交一个人的全部办件",
    "cases.see_own": "看自己的办件",
    "cases.follow": "凭回执看进展",
    "documents.verify": "查验文件真伪",
    "documents.see": "看材料清单",
    "documents.upload": "上传材料",
    "documents.download": "下载材料",
    "documents.remove": "删除材料",
    # organisations, members and mandates
    "accounts.see_organisation": "看单位和成员",
    "accounts.invite": "邀请成员",
    "accounts.withdraw_invitation": "撤回邀请",
    "accounts.see_invitation": "看收到的邀请",
    "accounts.accept_invitation": "接受邀请",
    "accounts.decline_invitation": "谢绝邀请",
    "accounts.see_grants": "看等同意的身份",
    "accounts.approve_grant": "同意给身份",
    "accounts.refuse_grant": "不同意给身份",
    "accounts.end_membership": "让成员离开",
    "accounts.hand_over": "移交成员手上的事",
    "accounts.appoint_deputy": "安排人代班",
    "accounts.end_deputy": "结束代班",
    "accounts.see_organisations": "看全部单位",
    "accounts.open_organisation": "开设单位",
    "accounts.change_organisation": "改单位的名称和上级",
    "accounts.close_organisation": "关闭单位",
    "accounts.see_mandates": "看委托",
    "accounts.grant_mandate": "委托别人替自己办事",
    "accounts.revoke_mandate": "收回委托",
    "accounts.act_on_behalf": "替委托人办事",
    "accounts.stop_acting": "结束替委托人办事",
    "accounts.see_as": "代看用户看到的页面",
    "accounts.end_seeing": "结束代看",
    "accounts.see_looks": "看谁代我看过",
    # the lost telephone
    "accounts.open_phone_request": "提出换号申请",
    "accounts.see_phone_requests": "看换号申请",
    "accounts.approve_phone_request": "同意换号申请",
    "accounts.refuse_phone_request": "不同意换号申请",
    "accounts.withdraw_phone_request": "撤回自己提的换号申请",
    "accounts.stop_phone_request": "叫停换自己号码的申请",
    # homes and health
    "portal.see_home": "看自己的首页",
    "portal.see_health": "看网站运行状况",
    "portal.find_party": "按手机号或单位找审计记录",
    # what an office issues
    "documents.see_issued": "看本单位出具的文件",
    "documents.issue_pdf": "出具文件",
    "documents.revoke_pdf": "撤销本单位出具的文件",
    # what an organisation tells
    "notices.announce": "发单位通知",
    "notices.see_announced": "看本单位发出的通知",
    "notices.withdraw": "撤回本单位发出的通知",
    # parameters
    "parameters.see": "看办事数字",
    "parameters.propose": "提出改一个数",
    "parameters.call_off": "提出取消还没到日子的修改",
    "parameters.withdraw": "撤回自己提的修改",
    "parameters.approve": "同意改一个数",
    "parameters.refuse": "不同意改一个数",
    "parameters.export": "导出一个数的经过",
    # looks and the log
    "audit.see_looks": "看谁看过自己的信息",
    "audit.see_our_looks": "看谁看过本单位的信息",
    "audit.search": "查审计记录",
    "audit.see_entry": "看一条审计记录",
    "audit.export": "导出审计记录",
    # businesses and their fact sheets
    "businesses.see_own": "看自己有哪些企业",
    "businesses.bind": "绑定企业",
    "businesses.see": "看企业档案",
    "businesses.declare": "填写企业档案",
    "businesses.dispute": "申请更正企业档案",
    "businesses.erase": "删掉自己填的信息",
    "businesses.change_code": "改企业的统一社会信用代码",
    # consent
    "consent.see": "看授权",
    "consent.give": "授权别人看自己的信息",
    "consent.revoke": "收回授权",
    "consent.ask": "请配偶、担保人授权",
    "consent.withdraw_ask": "撤回请别人授权",
    "consent.answer": "答复别人请自己授权",
    "consent.see_held": "看本单位收到的授权",
}

# What somebody may let another do for them, in words for whoever lets them.
MANDATABLE = {
    "matching.ask": "看能享受什么",
    "calculator.work_out": "算能得多少",
    "cases.see": "看办件办到哪一步",
    "cases.note": "在办件里留言",
    "cases.advance": "在办件里答复、请对方再看",
    "documents.see": "看材料清单",
    "documents.upload": "上传材料",
    "documents.download": "下载材料",
}
# What nobody could do these without, so it goes with them.
BRINGS = {
    "cases.see": frozenset({"cases.see_own"}),
    "cases.note": frozenset({"cases.see", "cases.see_own"}),
    "cases.advance": frozenset({"cases.see", "cases.see_own"}),
    "documents.upload": frozenset({"documents.see"}),
    "documents.download": frozenset({"documents.see"}),
}


def sentence(role: str, verb: str, relation: str, states: frozenset[str]) -> str:
    """A rule as it is said: 工作人员可以查看本单位的办件（办理中）。"""
    only = f"（仅 {'、'.join(sorted(states))}）" if states else ""
    return f"{ROLES[role]}可以{VERBS[verb]}：{RELATIONS[relation]}{only}"
