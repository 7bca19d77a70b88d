"""Pure decisions: standard library only; no Django, no I/O, no clock, no randomness."""
