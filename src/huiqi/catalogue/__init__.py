"""Reads and writes the catalogue: fact dictionary, policy items and loan products, their worked cases.

The catalogue is reviewed data in ``catalogue/`` of the checkout (inside the package when installed).
Everything here is plain Python on frozen values; nothing knows the database.
"""
