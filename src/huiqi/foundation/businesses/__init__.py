"""Businesses as the register publishes them: 市场主体登记管理条例 (2021), 企业信息公示暂行条例 (2014).

Kept is what anybody may see of a registration; a person's name leaves this room masked and no other way.
"""
