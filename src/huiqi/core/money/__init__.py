"""Sums of money by formula: exact, with the working in words, three-valued where something is not known.

Everything is counted in Fractions of 元; only the result is rounded, to whole 分, half a 分 up (四舍五入).
"""
