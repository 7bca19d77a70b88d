"""People, the organisations they act for (a business is one kind of party), roles, sign-in and mandates.
网络安全法（真实身份信息）, 个人信息保护法第五十一条, 民法典第一百六十一条以下（代理）.
"""
