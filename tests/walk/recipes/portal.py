"""The front door and the switch of its look: open to all."""

from tests.walk.recipe import Page

PAGES = {
    f"portal:{name}": Page(reads="portal.see")
    for name in ("home", "closing", "services", "about", "offline", "manifest", "worker")
} | {"look:modes": Page(reads="look.switch_modes", writes="look.switch_modes", sends={"elder": "1"})}
