"""Who did what to whose data, when and why: an append-only log, sealed into a hash chain so that a change
behind our back is found. 网络安全法（日志留存不少于六个月）, 个人信息保护法第五十一条 (操作权限与安全措施).
"""
