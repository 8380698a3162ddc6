"""Whatever the reports hold: nothing foreign runs, nothing leaves the page."""

from __future__ import annotations

from typing import Any

from tests.browser.visiting import MARKS, Opener, sweep

pytestmark = MARKS

CLICK_ALL = "elements => elements.forEach((element) => element.click())"


def test_hostile_reports_run_nothing_and_ask_for_nothing(visit: Opener) -> None:
    here = visit("hostile")
    page = here.page
    sweep(page, page.mouse.move, lambda: False)
    assert sweep(page, page.mouse.click, lambda: "Close" in here.panel())
    page.click("#show-about")
    page.keyboard.press("Escape")
    for view in ("table", "timeline", "map", "documents"):
        here.show(view)
    page.eval_on_selector_all("#report-list button", CLICK_ALL)
    page.eval_on_selector_all("#text .audit", CLICK_ALL)
    for unit in ("facts", "claims"):
        here.show("table")
        page.click(f"#list-{unit}")
        page.eval_on_selector_all("#rows button", CLICK_ALL)
    for query in ("script", "__proto__", "href"):
        here.search(query)
    assert page.evaluate("window.hacked") is None
    assert (here.requests, here.complaints) == ([], [])
    assert page.locator("main img, main iframe, #panel script, #panel img, svg image").count() == 0
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map((a) => a.protocol)")
    assert set(hrefs) <= {"https:", "file:"}


def test_a_link_to_anything_but_the_web_is_text(visit: Opener) -> None:
    here = visit("hostile", "view=documents")
    addresses = []
    for number in range(here.page.locator("#report-list button").count()):
        here.page.locator("#report-list button").nth(number).click()
        addresses.append(here.page.locator("#text > p").first.inner_text())
    assert any(address.startswith("javascript:") for address in addresses)
    links = here.page.locator("a[href]").evaluate_all("links => links.map((a) => a.href)")
    assert not [link for link in links if not link.startswith(("https://", "file://"))]


def test_without_script_the_page_says_why_it_is_empty(
    visit: Opener, browser: Any, pages: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(pages["calm"].as_uri())
    assert "needs its own script" in str(page.text_content("body"))
    context.close()
