"""政策找我: which items fit a business, why, and what to answer next.

Answers stay in the visitor's own browser (one signed cookie); nothing of them is stored here.
Verdicts are those of huiqi.core.rules; this room only groups and words them.
"""
