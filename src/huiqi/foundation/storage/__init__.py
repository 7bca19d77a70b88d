"""Where data is kept: the data directory, the health of the database, the guard that keeps a page
that only reads from writing, and how often a visitor may do something.
"""
