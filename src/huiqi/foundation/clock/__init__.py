"""The only room that reads the time. Only the ways in (pages, tasks, the command line) come here;
everything below gets the day as an argument. Working days: 国务院办公厅 yearly holiday notices.
"""
