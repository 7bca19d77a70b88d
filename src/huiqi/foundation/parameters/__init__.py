"""Parameters: the city's own numbers, each with its source, in force from a day, changed by two people.
What the law sets is shown and not changed here. GB/T 22239-2019, 8.1.5 (三员分立) for the two people.
"""
