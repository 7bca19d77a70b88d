"""What owners see of their businesses."""
