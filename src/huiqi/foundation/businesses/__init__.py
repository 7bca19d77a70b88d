"""Businesses (经营主体), who runs them, and their fact sheets: each fact with its source, its day and its history.

市场主体登记管理条例 (2021), 企业信息公示暂行条例 (2014); 个人信息保护法第四十四至五十条: owners see, correct and erase.
What the register publishes is open; a person's name leaves this room masked, a protected fact to nobody but its owner.
"""
