"""Tables of businesses into blocks: Parquet, CSV and JSON Lines, read in pieces of bounded size.

A table names its businesses in ``business_id`` and carries columns called by fact ids, or is any table with
a column map. Whatever cannot be read for certain stops the run with one sentence that says where it is.
"""
