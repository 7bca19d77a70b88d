"""The same site with plain pages beside its own: what a page costs that asks and decides nothing."""

FOLDER = "plain"
