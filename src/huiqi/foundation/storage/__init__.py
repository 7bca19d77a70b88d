"""Where data is kept: the data directory, the health of the database and the queue of its writers, the guard
that keeps a page that only reads from writing, encrypted fields, and how often a visitor may do something.
"""
