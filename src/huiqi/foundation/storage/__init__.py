"""Where data is kept: the data directory, the health of the database, and the guard that keeps a page
that only reads from writing.
"""
