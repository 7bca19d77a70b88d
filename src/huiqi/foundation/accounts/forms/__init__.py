"""Reads what people fill in."""
