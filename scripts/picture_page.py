"""Takes the README's pictures of the page: `python scripts/picture_page.py`. Needs Chromium.

They show the graph of `samples/` as `kg build` makes it, so take them anew when it changes.
"""

from __future__ import annotations

import base64
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kg.build import build

ROOT = Path(__file__).parent.parent
SIZE = {"width": 1280, "height": 800}
# Name, and the state of the page as its address holds it.
PICTURES = {
    "page-graph": "entity=Russia&focus=2+Russia",
    "page-documents": "view=documents&document=kursk-front.md",
}
SENTENCE = {"page-documents": "#text .audit:has(mark.trigger)"}


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build([ROOT / "samples"], folder, validate=False)
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, state in PICTURES.items():
            tab = chromium.new_context(offline=True, viewport=SIZE).new_page()
            tab.goto(f"{(Path(folder) / 'graph.html').as_uri()}#{state}")
            tab.wait_for_selector("html[data-ready]")
            if name in SENTENCE:
                tab.locator(SENTENCE[name]).first.click()
            tab.wait_for_timeout(500)
            asked = {"format": "webp", "quality": 82}
            shot = tab.context.new_cdp_session(tab).send("Page.captureScreenshot", asked)
            path = ROOT / "docs" / f"{name}.webp"
            path.write_bytes(base64.b64decode(shot["data"]))
            print(path.name, path.stat().st_size)
        chromium.close()


if __name__ == "__main__":
    main()
