"""What the project measures of itself: `python -m benchmarks` speed, `benchmarks.evidence` every bar."""
