"""政策白话库: every support item in plain words, with its source and its revision.

The database is the truth; the shipped catalogue is seed. A revision has a number and a content hash and
never changes (四川、庐山: 惠企政策事项清单 rules, see docs/domain).
"""
