"""The network: what is drawn, what a click and a key do to it."""

from __future__ import annotations

from tests.browser.visiting import MARKS, Opener, sweep

pytestmark = MARKS


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


def test_steps_narrow_to_a_neighbourhood_and_zero_ends_it(visit: Opener) -> None:
    here = visit(state="entity=Duvall")
    press = here.page.keyboard.press
    press("1")
    here.wait_for("2 of 22 facts match")
    assert here.text("#focus-name") == "Within 1 step of Ines Duvall"
    press("2")
    here.wait_for("6 of 22 facts match")
    press("3")
    here.wait_for("16 of 22 facts match")
    press("0")
    here.wait_for("22 facts · 22 drawn")
    assert not here.page.locator("#focus").is_visible()


def test_expanding_brings_in_the_neighbours_of_an_entity_at_the_edge(visit: Opener) -> None:
    here = visit(state="entity=Duvall")
    here.page.keyboard.press("1")
    here.page.locator("#panel .entity", has_text="3rd Karden Brigade").first.click()
    here.page.keyboard.press("e")
    here.wait_for("6 of 22 facts match")


def test_a_pinned_entity_stays_where_it_is_when_the_rest_is_arranged_anew(visit: Opener) -> None:
    here = visit(state="entity=Karden")
    here.page.keyboard.press("p")
    assert here.page.get_by_role("button", name="Unpin").is_visible()
    before = here.page.locator("#canvas canvas").screenshot()
    here.page.click("#arrange")
    here.page.locator("#arrange:not([disabled])").wait_for()
    assert here.page.locator("#canvas canvas").screenshot() != before
    assert here.page.get_by_role("button", name="Unpin").is_visible()
    assert here.complaints == []


def test_leaves_of_one_kind_are_folded_until_asked_for(visit: Opener) -> None:
    here = visit("wide")
    canvas = here.page.locator("#canvas canvas")
    folded = len(canvas.screenshot())
    here.page.click("#fold")
    assert here.page.get_attribute("#fold", "aria-pressed") == "false"
    assert len(canvas.screenshot()) > 2 * folded


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


def test_beyond_two_thousand_lines_a_plain_canvas_draws(visit: Opener) -> None:
    here = visit("overview")
    assert not here.page.locator("#overview").is_visible()
    here.page.click("#everything")
    here.wait_for("2,100 facts · 2,100 drawn between 2,101 entities")
    overview = here.page.locator("#overview")
    assert overview.is_visible()
    assert not here.page.locator("#canvas").is_visible()
    near = len(overview.screenshot())
    assert near > 20_000
    overview.press("+")
    overview.press("ArrowLeft")
    box = overview.bounding_box()
    here.page.mouse.click(box["x"] + box["width"] / 2 + 40, box["y"] + box["height"] / 2)
    assert here.complaints == []


def test_an_empty_graph_says_so(visit: Opener) -> None:
    here = visit("empty")
    assert here.status == "0 facts · 0 drawn between 0 entities"
    assert here.page.locator("#empty").is_visible()
    assert (here.requests, here.complaints) == ([], [])
