"""Fixtures every folder of tests may use. What must happen before Django starts is in support/run.py."""
