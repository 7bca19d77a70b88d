"""Machines that can be read aloud, and the clocks that run beside them: pure tables and arithmetic of days.

Terms: 民法典第201条 (the first day is not counted), 第203条 (a last day off moves to the next working day; a
term ends at 24:00 of its last day).
"""
