"""Who may do what: one table of role × verb × relation × state, and nothing is allowed that it does not say.
网络安全法（访问控制、最小授权）, 个人信息保护法第五十一条第四项 (操作权限).
"""
