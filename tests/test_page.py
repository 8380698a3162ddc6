"""`graph.html` without a browser: what it carries, what it may run, and that it is reproducible."""

from __future__ import annotations

import copy
import re
from datetime import date
from importlib.resources import files

import msgspec
import pytest

from kg.export.html import render
from kg.export.html.assemble import assemble
from kg.export.html.layout import MAX_LINES, MAX_NODES
from kg.export.html.view import View
from tests.dispatches import hostile, load, read
from tests.pages import Elements, data, digest, islands

TITLE = "Lower Arden front"
STATIC = files("kg.export.html") / "static"


@pytest.fixture(scope="module")
def view() -> View:
    return assemble(*read(load()), TITLE)


@pytest.fixture(scope="module")
def page() -> str:
    return render(*read(load()), title=TITLE)


def test_nothing_read_gives_an_empty_page() -> None:
    assert data(render([], [], title="Nothing"))["view"]["facts"] == []


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(page: str) -> None:
    elements = Elements(page)
    policy = next(a["content"] for _, a in elements.tags if "http-equiv" in a) or ""
    [script] = [text for tag, a, text in elements.code if tag == "script" and "type" not in a]
    [style] = [text for tag, _, text in elements.code if tag == "style"]
    engine = islands(page)["engine"].decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src {digest(script)} {digest(engine)}",
        f"style-src {digest(style)}",
        "img-src data: blob:",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_nothing_remote_and_no_inline_handler(page: str) -> None:
    tags = Elements(page).tags
    addresses = [a[name] for _, a in tags for name in ("src", "href") if name in a]
    assert sorted(filter(None, addresses)) == ["#table-view", "data:,"]
    assert not [a for _, a in tags if any(name.startswith("on") or name == "style" for name in a)]


def test_the_data_comes_back_as_it_went_in(page: str, view: View) -> None:
    parts = data(page)
    assert msgspec.convert(parts["view"], View) == view
    assert parts["drawing"]["limits"] == {"lines": MAX_LINES, "nodes": MAX_NODES}


def test_the_engine_keeps_its_licence(page: str) -> None:
    engine = islands(page)["engine"].decode()
    assert "vis.js is dual licensed under both" in engine
    assert "vis.js is dual licensed under both" in page
    assert "sourceMappingURL" not in engine


def test_the_base_page_keeps_to_its_size() -> None:
    assert len(render([], [], title="Nothing").encode()) < 800_000


def test_same_input_in_any_order_gives_the_same_bytes(page: str) -> None:
    readings, statements = read(load())
    assert render(readings[::-1], statements[::-1], title=TITLE) == page


def test_the_same_report_read_twice_counts_once(page: str) -> None:
    readings, statements = read(load())
    assert render([*readings, readings[0]], statements, title=TITLE) == page


def test_another_word_gives_another_page(page: str) -> None:
    case = copy.deepcopy(load())
    case["reports"][0]["published"] = date(2031, 4, 5)
    assert render(*read(case), title=TITLE) != page


def test_hostile_reports_add_no_element() -> None:
    calm, evil = (
        Elements(render(*read(case), title=title)).tags
        for case, title in ((load(), TITLE), (hostile(load()), "</title><script>alert(1)</script>"))
    )
    assert [tag for tag, _ in calm] == [tag for tag, _ in evil]


def test_hostile_text_reaches_the_reader_as_text() -> None:
    view = assemble(*read(hostile(load())), "x")
    everything = msgspec.json.encode(view).decode()
    assert "<img src=x onerror=" in everything
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029]", everything)


def test_an_address_that_is_no_address_is_kept_for_reading_only() -> None:
    view = assemble(*read(hostile(load())), "x")
    assert any(report.uri.startswith("javascript:") for report in view.reports)


@pytest.mark.parametrize("script", sorted(p.name for p in STATIC.iterdir() if p.name[-3:] == ".js"))
def test_our_scripts_never_turn_text_into_markup_or_code(script: str) -> None:
    source = (STATIC / script).read_text(encoding="utf-8")
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
        r"|createContextualFragment|srcdoc|setAttribute\(['\"]on|fetch\(|XMLHttpRequest|import\("
    )
    assert not re.search(forbidden, source)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "sheet"])
def test_text_colours_have_contrast(scheme: int, ground: str) -> None:
    style = (STATIC / "style.css").read_text(encoding="utf-8")
    block = style.split(":root {")[scheme + 1].partition("}")[0]
    colours = dict(re.findall(r"--(\w+): (#\w{6});", block))
    below = luminance(colours[ground])
    for name in ("ink", "soft", "accent", "asserted", "unasserted", "disputed", "negated"):
        bright, dark = sorted((luminance(colours[name]), below), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, name
    for mark in ("trigger", "argument"):
        bright, dark = sorted((luminance(colours["ink"]), luminance(colours[mark])), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, mark
