"""Businesses (经营主体), who runs them, and their fact sheets: each fact with source, day and history.

市场主体登记管理条例 (2021), 企业信息公示暂行条例 (2014); 个人信息保护法第四十四至五十条.
Open is what the register publishes, names of people masked; a protected fact goes to its owner alone.
"""
