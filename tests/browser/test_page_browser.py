"""`graph.html` in a real browser with the network cut off: nothing leaves, nothing foreign runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg.export.html import render
from tests.dispatches import hostile, load, read, star

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine"),
]

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WATCH = "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.blockedURI));"


@dataclass
class Visit:
    """An opened page and everything that should not have happened in it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return str(self.page.text_content(selector))

    @property
    def status(self) -> str:
        return self.text("#status")

    def wait_for(self, words: str) -> None:
        """Until the status line says so; the page's policy forbids polling with code."""
        sync_api.expect(self.page.locator("#status")).to_contain_text(words)

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


Opener = Callable[..., Visit]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    cases = {
        "calm": (read(load()), "Lower Arden front"),
        "hostile": (read(hostile(load())), "</title><script>window.hacked = 1</script>"),
        "empty": (([], []), "Nothing"),
        "wide": (star(520), "A long war"),
    }
    for name, ((readings, statements), title) in cases.items():
        (folder / f"{name}.html").write_text(
            render(readings, statements, title=title), encoding="utf-8", newline="\n"
        )
    return {name: folder / f"{name}.html" for name in cases}


@pytest.fixture
def visit(browser: Any, pages: dict[str, Path]) -> Iterator[Opener]:
    contexts = []

    def open_page(name: str = "calm", **options: Any) -> Visit:
        options = {"viewport": {"width": 1400, "height": 860}, "offline": True, **options}
        context = browser.new_context(**options)
        contexts.append(context)
        here = Visit(context.new_page())
        address = pages[name].as_uri()
        here.page.add_init_script(WATCH)
        here.page.on("request", lambda r: here.requests.append(r.url) if r.url != address else None)
        here.page.on("console", lambda message: here.complaints.append(message.text))
        here.page.on("pageerror", lambda error: here.complaints.append(str(error)))
        here.page.on("dialog", lambda dialog: here.complaints.append(dialog.message))
        here.page.goto(address)
        here.wait_for("drawn")
        return here

    yield open_page
    for context in contexts:
        context.close()


def sweep(page: Any, action: Callable[[float, float], None], until: Callable[[], bool]) -> bool:
    """Go over the canvas in a grid until something is hit."""
    box = page.locator("#canvas").bounding_box()
    for row in range(1, 12):
        for column in range(1, 14):
            action(box["x"] + box["width"] * column / 14, box["y"] + box["height"] * row / 12)
            if until():
                return True
    return False


def test_the_page_opens_alone_and_in_silence(visit: Opener) -> None:
    here = visit()
    assert here.status == "22 facts · 22 drawn between 12 entities"
    assert (here.requests, here.complaints) == ([], [])


def test_the_canvas_is_not_blank(visit: Opener) -> None:
    here = visit()
    colours = here.page.evaluate("""() => {
      const canvas = document.querySelector("#canvas canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 255) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
      }
      return [...seen];
    }""")
    shapes = {"63,127,196", "63,154,104", "217,130,43", "209,96,154"}  # state, place, force, person
    assert shapes <= set(colours)


def test_a_click_on_the_canvas_shows_facts_and_an_empty_place_closes_them(visit: Opener) -> None:
    here = visit()
    assert sweep(here.page, here.page.mouse.click, lambda: "Close" in here.panel())
    assert here.page.locator("#panel mark.trigger").count() >= 1
    box = here.page.locator("#canvas").bounding_box()
    here.page.mouse.click(box["x"] + 4, box["y"] + box["height"] - 4)
    assert here.text("#panel h2") == "Facts and evidence"


def test_a_fact_shows_sentence_speaker_firmness_date_quantity_document_and_rule(
    visit: Opener,
) -> None:
    here = visit()
    here.page.click("#show-table")
    here.page.get_by_role("button", name="Talmar supplied Karden: show the evidence").click()
    card = here.card("Talmar")
    assert card.locator("mark.trigger").all_text_contents() == ["sent", "supplied", "supplying"]
    assert "artillery shells" in card.locator("mark.argument").all_text_contents()
    text = card.text_content()
    for part in (
        "a security official",
        "probable, reported (PR+)",
        "since early March (2031-03-01 to 2031-04-06; precision: part of month)",
        "some 12,000 artillery shells (approximately)",
        "Karden presses on in Lower Arden wire.example Northern Wire, 2031-04-06",
        "rule armssupply#1",
        "confidence 0.84",
    ):
        assert part in text
    against = card.locator(".against ~ .evidence")
    assert "certainly not (CT-)" in against.text_content()


def test_links_open_alone_and_only_to_the_web(visit: Opener) -> None:
    here = visit()
    here.page.locator("#panel .entity", has_text="Karden").first.click()
    links = here.page.locator("#panel a").all()
    assert links
    for link in links:
        assert link.get_attribute("href").startswith("https://")
        assert link.get_attribute("rel") == "noopener noreferrer"


def test_what_an_entity_said_stands_with_it(visit: Opener) -> None:
    here = visit()
    here.page.click("#show-table")
    here.page.get_by_role("button", name="Karden accused Vessia: show the evidence").click()
    here.page.locator("#panel .entity", has_text="Karden").click()
    said = here.page.locator("#panel .card.said")
    assert "Source of 1 claim about others" in here.panel()
    assert said.locator("h3").all_text_contents() == ["Shelling"]
    assert said.locator("mark.trigger").all_text_contents() == ["shelling"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("solvik", 7),  # a name, also of those in whose evidence it stands
        ("kardenese", 9),  # an alias
        ("withdrew", 3),  # a relation
        ("geolocated footage", 1),  # words of the evidence
        ("frontier institute", 5),  # a source, words in any order
        ("SOLVÍK controls", 3),  # accents and case aside, every word counts
        ("nowhere at all", 0),
    ],
)
def test_search_reaches_names_relations_evidence_and_sources(
    visit: Opener, query: str, found: int
) -> None:
    here = visit()
    here.page.fill("#query", query)
    here.wait_for("match")
    assert here.status.startswith(f"{found} of 22 facts match")
    assert here.page.locator("#empty").is_visible() == (found == 0)


def test_filters_narrow_canvas_table_and_counts_alike(visit: Opener) -> None:
    here = visit()
    here.choose("Disputed")
    assert here.status == "3 of 22 facts match · 3 drawn between 4 entities"
    assert (here.amount("Supplied"), here.amount("Asserted")) == ("1", "14")
    here.page.click("#show-table")
    assert here.page.locator("#rows tr").count() == 3
    here.choose("Negated")
    assert here.page.locator("#rows tr").count() == 4
    here.page.click("#clear")
    assert here.page.locator("#rows tr").count() == 22


def test_plain_facts_only_leaves_the_asserted_ones(visit: Opener) -> None:
    here = visit()
    here.page.check("#plain")
    assert here.status.startswith("14 of 22 facts match")
    here.page.click("#show-table")
    assert set(here.page.locator("#rows .pill").all_text_contents()) == {"Asserted"}


def test_the_table_can_be_sorted_both_ways(visit: Opener) -> None:
    here = visit()
    here.page.click("#show-table")
    first = here.page.locator("#rows tr:first-child td:first-child")
    here.page.get_by_role("button", name="Subject").click()
    assert first.text_content() == "3rd Karden Brigade"
    here.page.get_by_role("button", name="Subject").click()
    assert first.text_content() == "Vessia"
    assert here.page.locator("th[aria-sort=descending]").count() == 1


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


def test_about_tells_documents_line_styles_and_extractor(visit: Opener) -> None:
    here = visit()
    here.page.click("#show-about")
    about = here.text("#about")
    for part in ("4 documents", "never that it is true", "Negated (1)", "read by hand 1"):
        assert part in about
    here.page.keyboard.press("Escape")
    assert not here.page.locator("#about").is_visible()


def test_hostile_reports_run_nothing_and_ask_for_nothing(visit: Opener) -> None:
    here = visit("hostile")
    page = here.page
    sweep(page, page.mouse.move, lambda: False)
    sweep(page, page.mouse.click, lambda: "Close" in here.panel())
    page.click("#show-about")
    page.keyboard.press("Escape")
    page.click("#show-table")
    page.eval_on_selector_all("#rows button", "buttons => buttons.forEach((b) => b.click())")
    for query in ("script", "__proto__", "href"):
        page.fill("#query", query)
        page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert (here.requests, here.complaints) == ([], [])
    assert page.locator("#panel script, #panel img, #panel iframe, #rows img").count() == 0
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map((a) => a.protocol)")
    assert "javascript:" not in hrefs


def test_what_does_not_fit_the_canvas_is_counted_and_in_the_table(visit: Opener) -> None:
    here = visit("wide")
    assert here.status == (
        "520 facts · 479 drawn between 480 entities, "
        "41 not drawn: narrow the filters, draw all or open the table"
    )
    here.page.click("#show-table")
    assert here.page.locator("#rows tr").count() == 200
    here.page.click("text=Show 200 more of 320")
    here.page.click("text=Show 120 more of 120")
    here.page.get_by_role("button", name="Country 0000 attacked Country 0520: show").click()
    assert here.page.locator("#panel mark.trigger").text_content() == "attacked"
    here.page.fill("#query", "country 0520")
    here.wait_for("1 of 520 facts match · 1 drawn between 2 entities")


def test_an_empty_graph_says_so(visit: Opener) -> None:
    here = visit("empty")
    assert here.status == "0 facts · 0 drawn between 0 entities"
    assert here.page.locator("#empty").is_visible()
    assert (here.requests, here.complaints) == ([], [])


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_it_without_sideways_scroll(visit: Opener, width: int) -> None:
    here = visit(viewport={"width": width, "height": 800}, is_mobile=True, has_touch=True)
    here.page.locator("#panel .entity").first.click()
    assert here.page.evaluate("document.documentElement.scrollWidth") == width
    assert here.page.locator("#panel blockquote").first.is_visible()


def test_dark_readers_get_a_dark_canvas(visit: Opener) -> None:
    here = visit(color_scheme="dark")
    ground = here.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(17, 22, 29)"


def test_print_shows_the_table(visit: Opener) -> None:
    here = visit()
    here.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    here.page.emulate_media(media="print")
    assert here.page.locator("#rows tr").first.is_visible()
    assert not here.page.locator("#canvas").is_visible()


def test_without_script_the_page_says_why_it_is_empty(
    visit: Opener, browser: Any, pages: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(pages["calm"].as_uri())
    assert "needs its own script" in str(page.text_content("body"))
    context.close()
