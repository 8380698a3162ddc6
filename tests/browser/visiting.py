"""An opened page, and what a reader does with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
MARKS = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine"),
]


@dataclass
class Visit:
    """An opened page and everything that should not have happened in it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return str(self.page.text_content(selector))

    def texts(self, selector: str) -> list[str]:
        return list(self.page.locator(selector).all_text_contents())

    @property
    def status(self) -> str:
        return self.text("#status")

    def wait_for(self, words: str, selector: str = "#status") -> None:
        """Until the element says so; the page's policy forbids polling with code."""
        self.page.locator(selector).filter(has_text=words).first.wait_for(state="attached")

    def amount(self, name: str) -> str:
        """The count beside the filter of that name."""
        return str(
            self.page.locator("#facets label", has_text=name).locator(".count").text_content()
        )

    def panel(self) -> str:
        return self.text("#panel")

    def card(self, words: str) -> Any:
        return self.page.locator("#panel .card", has_text=words).first

    def choose(self, name: str) -> None:
        """Tick or untick the filter of that name."""
        self.page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(name)}\s*\d*$")).click()

    def show(self, view: str) -> None:
        self.page.click(f"#show-{view}")

    def search(self, words: str) -> None:
        """Search at once; the page does it after a pause."""
        self.page.fill("#query", words)
        self.page.press("#query", "Enter")

    def save(self, kind: str) -> str:
        """The text of what the page saves as that kind of file."""
        self.page.click("#save summary")
        with self.page.expect_download() as download:
            self.page.click(f"#save-{kind}")
        with open(download.value.path(), encoding="utf-8", newline="") as file:  # noqa: PTH123
            return file.read()


Opener = Callable[..., Visit]


def sweep(page: Any, action: Callable[[float, float], None], until: Callable[[], bool]) -> bool:
    """Go over the canvas in a grid until something is hit."""
    box = page.locator("#canvas").bounding_box()
    for row in range(1, 10):
        for column in range(1, 12):
            action(box["x"] + box["width"] * column / 12, box["y"] + box["height"] * row / 10)
            if until():
                return True
    return False
