"""The demo city: invented businesses of 焦作, seeded, plainly fictional, plausible enough to try with.

No row describes a real business or person. Shares, sizes and gaps follow what is published about such
cities; every name says 演示 or 示例, every credit code carries MATE in its body.
"""
