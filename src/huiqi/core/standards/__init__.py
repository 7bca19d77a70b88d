"""National standards as pure functions: codes, divisions, industries, size classes, workdays.

Every table is an argument. The files that hold the tables are read by huiqi.catalogue.standards.
"""
