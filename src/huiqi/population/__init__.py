"""The same conditions over columns: every business against every item, in three values."""
