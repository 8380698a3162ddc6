"""Search, filters and the table: one selection in every view."""

from __future__ import annotations

from tests.browser.visiting import MARKS, Opener

pytestmark = MARKS


def test_search_reaches_names_relations_evidence_and_sources(visit: Opener) -> None:
    here = visit()
    for query, found in (
        ("solvik", 7),  # a name, also of those in whose evidence it stands
        ("kardenese", 9),  # an alias
        ("withdrew", 3),  # a relation
        ("geolocated footage", 1),  # words of the evidence
        ("frontier institute", 5),  # a source, words in any order
        ("SOLVÍK controls", 3),  # accents and case aside, every word counts
        ("nowhere at all", 0),
    ):
        here.search(query)
        here.wait_for(f"{found} of 22 facts match")
        assert here.page.locator("#empty").is_visible() == (found == 0)


def test_search_names_the_entities_it_means_and_enter_opens_the_first(visit: Opener) -> None:
    here = visit()
    here.page.fill("#query", "brigade")
    here.wait_for("Called so", "#panel h3")
    assert here.texts("#panel .start")[0] == "3rd Karden Brigade4 facts"
    here.page.press("#query", "Enter")
    assert here.text("#panel h2") == "3rd Karden Brigade"


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


def test_confidence_dates_and_documents_are_conditions_on_one_claim(visit: Opener) -> None:
    here = visit()
    here.page.fill("#date-from", "2031-05-01")
    here.page.press("#date-from", "Enter")
    here.wait_for("1 of 22 facts match")
    here.page.click("#clear")
    here.page.fill("#confidence", "0.85")
    here.wait_for("21 of 22 facts match")  # of the shells another report is surer
    here.choose("Karden presses on in Lower Arden")
    here.wait_for("5 of 22 facts match")


def test_the_table_can_be_sorted_both_ways(visit: Opener) -> None:
    here = visit()
    here.page.click("#show-table")
    first = here.page.locator("#rows tr:first-child td:first-child")
    here.page.get_by_role("button", name="Subject").click()
    assert first.text_content() == "3rd Karden Brigade"
    here.page.get_by_role("button", name="Subject").click()
    assert first.text_content() == "Vessia"
    assert here.page.locator("th[aria-sort=descending]").count() == 1


def test_the_address_holds_the_state_and_opens_it_again(visit: Opener) -> None:
    here = visit()
    here.search("karden")
    here.choose("Disputed")
    here.show("table")
    here.page.click("#list-claims")
    state = here.page.evaluate("location.hash").removeprefix("#")
    again = visit(state=state)
    assert again.status == here.status
    assert again.page.input_value("#query") == "karden"
    assert again.page.locator("#rows tr").count() == here.page.locator("#rows tr").count() > 0
    assert again.text("#panel h2") == here.text("#panel h2")


def test_an_address_from_another_graph_does_no_harm(visit: Opener) -> None:
    here = visit(state="entity=Nobody&fact=a+b+c&focus=7+x&near=1+y&from=never&status=odd&view=odd")
    assert here.status == "22 facts · 22 drawn between 12 entities"
    assert here.complaints == []


def test_the_legend_counts_what_is_drawn(visit: Opener) -> None:
    here = visit()
    assert here.texts("#legend-lines li") == [
        "Asserted14",
        "Disputed3",
        "Claimed only4",
        "Negated1",
    ]
    here.choose("Negated")
    assert here.texts("#legend-lines li") == ["Asserted0", "Disputed0", "Claimed only0", "Negated1"]
    assert here.texts("#legend-types li") == ["State1", "Force1"]
