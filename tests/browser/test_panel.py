"""The panel: every fact with its evidence."""

from __future__ import annotations

from tests.browser.visiting import MARKS, Opener

pytestmark = MARKS


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
    here.page.locator("#panel .entity", has_text="Karden").first.click()
    said = here.page.locator("#panel .card.said")
    assert "Source of 1 claim about others" in here.panel()
    assert said.locator("h3").all_text_contents() == ["Shelling"]
    assert said.locator("mark.trigger").all_text_contents() == ["shelling"]


def test_facts_in_conflict_stand_beside_each_other(visit: Opener) -> None:
    here = visit(state="fact=Karden+supplied+Talmar")
    assert "In the other direction" in here.panel()
    assert here.card("Talmar supplied Karden").is_visible()


def test_what_an_entity_did_is_told_from_what_was_done_to_it(visit: Opener) -> None:
    here = visit(state="entity=Karden")
    sorts = here.page.locator("#panel .sorts")
    assert "All 9" in sorts.text_content()
    sorts.get_by_role("button", name="← supplied 1").click()
    assert here.texts("#panel .cards .card h3") == ["Talmar supplied Karden"]
    sorts.get_by_role("button", name="All").click()
    assert here.page.locator("#panel .cards .card").count() == 9


def test_about_tells_documents_line_styles_and_extractor(visit: Opener) -> None:
    here = visit()
    here.page.click("#show-about")
    about = here.text("#about")
    for part in ("4 documents", "never that it is true", "Negated (1)", "read by hand 1"):
        assert part in about
    here.page.keyboard.press("Escape")
    assert not here.page.locator("#about").is_visible()


def test_facts_from_the_same_sentence_are_named_and_open(visit: Opener) -> None:
    here = visit(state="fact=Vessia+struck+Orle_Bridge")
    here.page.get_by_role("button", name="Vessia pushed back 3rd Karden Brigade").click()
    assert here.page.locator("#panel mark.trigger").first.text_content() == "pushed back"
