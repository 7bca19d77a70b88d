"""焦个企惠: one online, one-stop, closed loop for the small businesses of a city."""

__version__ = "0.1.0"
