"""政策计算器: what an item would bring this business, step by step, and what all of it comes to.

Sums follow the formulas of the catalogue (benefit.amount); they are estimates (估算), never decisions.
Facts told here join the visitor's own answers; other figures stay in the address of the page, nowhere else.
"""
