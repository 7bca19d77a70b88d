"""Draws the icons of the installed site; after a change: `.venv/bin/python -m frontend.icons.draw`.

``any`` is the site's own icon. ``maskable`` is the same drawing to the edge, small enough that the circle a
phone cuts out (four fifths of the width) leaves it whole.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browser import LAUNCH_ARGUMENTS, chromium_path

HERE = Path(__file__).parent
SERVED = HERE.parents[1] / "src/huiqi/foundation/look/static/look"
DRAWINGS = {"any": SERVED / "icon.svg", "maskable": HERE / "maskable.svg"}
SIZES = (192, 512)
PAGE = "<style>*{{margin:0}}svg{{display:block;width:{size}px}}</style>{drawing}"


def main() -> None:
    (SERVED / "icons").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(LAUNCH_ARGUMENTS))
        for purpose, drawing in DRAWINGS.items():
            for size in SIZES:
                page = browser.new_page(viewport={"width": size, "height": size})
                page.set_content(PAGE.format(size=size, drawing=drawing.read_text(encoding="utf-8")))
                page.screenshot(path=SERVED / f"icons/{purpose}-{size}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
