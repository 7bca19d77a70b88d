"""How every page looks: tokens, base layout, components, icons and the tags that write dates and money.

Source of the tokens and words: the look of the house; contrast and targets after WCAG 2.2 AA.
"""
