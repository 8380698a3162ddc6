"""Everybody can read it: by keyboard, by screen reader, on a phone, in the dark, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visiting import MARKS, Opener, Visit

pytestmark = MARKS

STATES = (
    "",
    "entity=Karden",
    "view=table&fact=Talmar+supplied+Karden&status=disputed",
    "view=table&list=claims",
    "view=timeline",
    "view=map&q=solvik",
    "view=documents",
    "view=ask",
)
NAME_OF_FOCUS = "document.activeElement.id || document.activeElement.tagName"


def violations(here: Visit, states: Sequence[str], **options: Any) -> list[tuple[str, str]]:
    """What axe finds in each state of the page that is more than minor."""
    found = []
    for state in states:
        here.page.evaluate("state => { location.hash = state; }", state)
        here.page.locator("html[data-ready]").wait_for()
        response = Axe().run(here.page, options=options).response
        found += [(state, each["id"]) for each in response["violations"]]
    return found


def test_axe_finds_no_violation(visit: Opener) -> None:
    here = visit("console", bypass_csp=True)
    assert violations(here, STATES) == []
    here.page.click("#show-about")
    assert Axe().run(here.page).violations_count == 0


def test_axe_finds_no_lack_of_contrast_in_the_dark(visit: Opener) -> None:
    here = visit("console", bypass_csp=True, color_scheme="dark")
    assert violations(here, STATES, runOnly=["color-contrast"]) == []


def test_everything_is_reachable_by_keyboard(visit: Opener) -> None:
    here = visit()
    keyboard = here.page.keyboard
    keyboard.press("Tab")
    assert here.page.evaluate("document.activeElement.className") == "skip"
    keyboard.press("Enter")
    assert here.page.locator("#table-view").is_visible()
    for _ in range(12):
        keyboard.press("Tab")
        if here.page.evaluate("document.activeElement.classList.contains('relation')"):
            break
    keyboard.press("Enter")
    assert here.page.locator("#panel mark.trigger").count() == 1
    keyboard.press("Escape")
    assert here.text("#panel h2") == "Facts and evidence"
    keyboard.press("/")
    keyboard.type("commands")
    here.wait_for("1 of 22 facts match")
    keyboard.press("Escape")
    here.wait_for("22 facts · 22 drawn")
    assert here.page.input_value("#query") == ""


def test_tab_walks_through_every_control_and_comes_round(visit: Opener) -> None:
    here = visit()
    seen: list[str] = []
    for _ in range(120):
        here.page.keyboard.press("Tab")
        seen.append(here.page.evaluate(NAME_OF_FOCUS))
        if seen.count("BODY") > 0 or seen.count(seen[0]) > 1:
            break
    for name in ("show-graph", "query", "plain", "show-about", "status-0", "canvas", "fit", "play"):
        assert name in seen
    assert len(seen) > 40


def test_letters_change_the_view(visit: Opener) -> None:
    here = visit()
    for key, view in (
        ("t", "table"),
        ("l", "timeline"),
        ("m", "map"),
        ("d", "documents"),
        ("g", "graph"),
    ):
        here.page.keyboard.press(key)
        assert here.page.locator(f"#{view}-view").is_visible()
        assert here.page.get_attribute(f"#show-{view}", "aria-pressed") == "true"


def test_a_reader_is_told_of_every_change(visit: Opener) -> None:
    here = visit()
    assert here.page.get_attribute("#status", "role") == "status"
    assert here.page.get_attribute("#panel", "aria-live") == "polite"
    assert "table view" in here.page.get_attribute("#canvas", "aria-label")


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_it_without_sideways_scroll(visit: Opener, width: int) -> None:
    here = visit(viewport={"width": width, "height": 800}, is_mobile=True, has_touch=True)
    here.page.locator("#panel .entity").first.click()
    assert here.page.locator("#panel blockquote").first.is_visible()
    for view in ("graph", "table", "timeline", "map", "documents"):
        here.show(view)
        assert here.page.evaluate("document.documentElement.scrollWidth") == width, view


def test_dark_readers_get_a_dark_canvas(visit: Opener) -> None:
    here = visit(color_scheme="dark")
    ground = here.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(17, 22, 29)"


def test_nothing_moves_for_those_who_do_not_want_it(visit: Opener) -> None:
    here = visit(reduced_motion="reduce")
    assert here.page.evaluate("document.getAnimations().length") == 0
    assert here.page.evaluate("getComputedStyle(document.body).transitionDuration") == "0s"


def test_print_shows_the_table(visit: Opener) -> None:
    here = visit()
    here.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    here.page.emulate_media(media="print")
    assert here.page.locator("#rows tr").first.is_visible()
    assert not here.page.locator("#canvas").is_visible()
