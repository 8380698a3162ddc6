"""Timeline, map, documents and console."""

from __future__ import annotations

from tests.browser.visiting import MARKS, Opener

pytestmark = MARKS

COLOURS = """(selector) => {
  const canvas = document.querySelector(selector);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 255) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
  }
  return [...seen];
}"""


def test_the_timeline_lists_claims_by_day(visit: Opener) -> None:
    here = visit(state="view=timeline")
    assert here.texts("#days h2")[:2] == ["2031-03-01", "2031-04-05"]
    here.page.get_by_role("button", name="Karden advanced in Lower Arden").first.click()
    assert here.page.locator("#panel mark.trigger").first.text_content() == "advanced"


def test_playback_moves_a_window_over_the_time_and_can_be_paused(visit: Opener) -> None:
    here = visit()
    first = here.text("#range")
    here.page.click("#play")
    here.page.locator("#play", has_text="Pause").wait_for()
    second = here.text("#range")
    assert second != first
    here.page.locator("#range").filter(has_not_text=second).wait_for()
    here.page.click("#play")
    here.page.locator("#play", has_text="Play").wait_for()
    assert "match" in here.status
    here.page.click("#play-all")
    assert here.text("#range") == first


def test_a_bar_of_the_strip_chooses_its_days(visit: Opener) -> None:
    here = visit()
    here.page.locator("#bars .hit").first.click()
    assert here.text("#range").startswith("2031-03-01")
    here.wait_for("1 of 22 facts match")


def test_the_map_shows_places_lines_and_what_they_do_not_mean(visit: Opener) -> None:
    here = visit(state="view=map")
    assert "Boundaries are not an endorsement" in here.text("#map-view .caption")
    here.page.wait_for_timeout(100)
    colours = here.page.evaluate(COLOURS, "#map")
    assert len(colours) > 3
    here.page.locator("#map").press("+")
    assert here.complaints == []


def test_nearby_asks_for_what_happened_around_a_place(visit: Opener) -> None:
    here = visit(state="entity=Solvik")
    here.page.get_by_role("button", name="Only what happened within 50 kilometres").click()
    here.wait_for("4 of 22 facts match")
    here.page.select_option("#near-km", "250")
    here.wait_for("10 of 22 facts match")


def test_a_document_shows_what_became_of_each_sentence(visit: Opener) -> None:
    here = visit(state="view=documents")
    assert here.text("#text h2") == "Frontier brief no. 14"
    unread = here.page.locator("#text .audit.not")
    assert unread.text_content() == "Nobody spoke of the weather."
    unread.click()
    assert "Not read: no event" in here.panel()
    claimed = here.page.locator("#text .audit.extracted", has_text="withdraw from Brenna")
    assert "withdraw" in claimed.locator("mark.trigger").all_text_contents()
    assert "Brenna" in claimed.locator("mark.argument").all_text_contents()
    claimed.focus()
    here.page.keyboard.press("Enter")
    assert here.texts("#panel .card h3") == ["Withdrawal"]


def test_an_open_claim_has_a_lighter_mark_and_stands_apart_from_the_claims(visit: Opener) -> None:
    here = visit(state="view=documents")
    here.page.get_by_role("button", name="Karden presses on in Lower Arden").click()
    sentence = here.page.locator("#text .audit.partly", has_text="advanced in Lower Arden")
    assert sentence.locator("mark.open").all_text_contents() == ["citing"]
    sentence.click()
    assert here.texts("#panel .card.said h3") == ["Advance"]
    worded = here.page.locator("#panel .card.open")
    assert worded.locator("mark.trigger").all_text_contents() == ["citing"]
    assert worded.locator("dd").first.text_content() == "cite evidence"
    here.page.click("#show-table")
    here.page.fill("#query", "cite evidence")
    here.wait_for("0 of 22 facts match")


def test_the_console_answers_the_shipped_questions_and_ones_own(visit: Opener) -> None:
    here = visit("console", "view=ask")
    here.wait_for("triples loaded", "#sparql-status")
    assert here.page.locator("#examples option").count() > 10
    here.page.fill("#sparql", "SELECT ?s WHERE { ?s kg:controls ?o } ORDER BY ?s")
    here.page.click("#run")
    here.wait_for("2 answers", "#sparql-status")
    here.page.fill("#sparql", "SELEKT")
    here.page.click("#run")
    here.wait_for("The query failed", "#sparql-status")
    assert (here.requests, here.complaints) == ([], [])
