"""The words of the table: every role, relation and verb there is, and how it is read aloud."""

EVERYONE = "everyone"
VISITOR = "visitor"

ROLES = {
    EVERYONE: "任何人",
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
    "all": "全部的",
}

VERBS = {
    "portal.see": "看首页和帮助",
    "look.switch_modes": "换显示方式",
    "library.see": "查政策",
    "library.report_mistake": "报错",
    "matching.ask": "看能享受什么",
    "calculator.work_out": "算能得多少",
    "documents.verify": "查验文件真伪",
    "documents.see": "看材料清单",
    "documents.upload": "上传材料",
    "documents.download": "下载材料",
    "documents.remove": "删除材料",
}


def sentence(role: str, verb: str, relation: str, states: frozenset[str]) -> str:
    """A rule as it is said: 工作人员可以查看本单位的办件（办理中）。"""
    only = f"（仅 {'、'.join(sorted(states))}）" if states else ""
    return f"{ROLES[role]}可以{VERBS[verb]}：{RELATIONS[relation]}{only}"
