"""Pages in a real browser with the network cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import graph
from kg.export.html import render
from tests.browser.visiting import BROWSER, Opener, Visit
from tests.dispatches import CASES, hostile, load, read, renamed, star

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WATCH = "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.blockedURI));"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    calm, stranger = read(load()), read(load(CASES / "stranger.yml"))
    dataset = tuple(graph.quads(*calm))
    bad_title = "</title><script>window.hacked = 1</script>"
    texts = {
        "calm": render(*calm, title="Lower Arden front"),
        "console": render(*calm, title="Lower Arden front", dataset=dataset),
        "stranger": render(*stranger, title="A stranger's questions"),
        "hostile": render(*read(renamed(hostile(load()))), title=bad_title),
        "empty": render([], [], title="Nothing"),
        "wide": render(*star(520), title="A long war"),
        "overview": render(*star(2_100), title="A longer war"),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.fixture
def visit(browser: Any, pages: dict[str, Path]) -> Iterator[Opener]:
    contexts = []

    def open_page(name: str = "calm", state: str = "", **options: Any) -> Visit:
        options = {"viewport": {"width": 1400, "height": 860}, "offline": True, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        here = Visit(context.new_page())
        address = pages[name].as_uri()
        here.page.add_init_script(WATCH)
        here.page.on("request", lambda r: note(here, r.url, address))
        here.page.on("console", lambda message: here.complaints.append(message.text))
        here.page.on("pageerror", lambda error: here.complaints.append(str(error)))
        here.page.on("dialog", lambda dialog: here.complaints.append(dialog.message))
        here.page.goto(f"{address}#{state}" if state else address)
        here.page.wait_for_selector("html[data-ready]")
        return here

    yield open_page
    for context in contexts:
        context.close()


def note(here: Visit, asked: str, address: str) -> None:
    """The page itself, and what it makes for its worker or a download, is no request to others."""
    if asked.partition("#")[0] != address and not asked.startswith(("blob:", "data:")):
        here.requests.append(asked)
