"""Which business qualifies for what, and why: facts, conditions, three-valued verdicts, reasons, advice."""
