"""Telling people: in the site always, by short message and mail as they want it, not at night, never twice.
个人信息保护法第六条 (最小必要), 通信短信息服务管理规定第十八条 (未经同意不得发送), 行政许可法 (一次性告知).
"""
