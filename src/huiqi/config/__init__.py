"""The roof: settings, addresses and the start of the site. Nothing below knows this room."""
