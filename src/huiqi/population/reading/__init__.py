"""Tables of businesses into blocks: Parquet, CSV and JSON Lines, read in pieces of bounded size.

A table names its businesses in ``business_id`` and carries columns called by fact ids, or is any table with
a column map. Whatever cannot be read for certain stops the run with one sentence that says where it is.

An empty cell is an unknown fact. Each kind of file has its own way to leave a cell empty: null or a missing
key in JSON Lines, nothing or blanks in CSV, null in Parquet. A NaN in a float column of Parquet is empty
too: pandas and its like have no other way to write a missing number. CSV and JSON Lines can always leave a
cell out, so a ``NaN`` written there is refused, and an infinity is refused everywhere.
"""
