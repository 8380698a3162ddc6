"""A stranger's task list, done in the page as it is given; the answers are read off the screen."""

from __future__ import annotations

import csv
import io

from tests.browser.visiting import MARKS, Opener, Visit

pytestmark = MARKS


def claims(here: Visit) -> list[list[str]]:
    """Rows of the list of claims: title with event, sentence, speaker, firmness, day, report."""
    here.show("table")
    here.page.click("#list-claims")
    rows = here.page.locator("#rows tr").all()
    return [row.locator("td").all_text_contents() for row in rows]


def test_find_every_claim_that_north_korea_sent_anything_with_its_source(visit: Opener) -> None:
    here = visit("stranger")
    here.search("north korea")
    assert here.text("#panel h2") == "North Korea"
    here.choose("Supplied")
    here.choose("Deployed to")
    assert {(row[1], row[2], row[5]) for row in claims(here)} == {
        (
            "North Korea has sent 10,000 soldiers to Russia, South Korea's spy agency said.",
            "National Intelligence Service",
            "Troops and shells",
        ),
        (
            "Pyongyang has also sent artillery shells to Moscow, a Western official said.",
            "a Western official",
            "Troops and shells",
        ),
        (
            "Pyongyang denied that it had sent weapons to Russia.",
            "North Korea",
            "Troops and shells",
        ),
    }


def test_show_only_denied_claims(visit: Opener) -> None:
    here = visit("stranger")
    here.choose("It did not")
    assert sorted(row[1] for row in claims(here)) == [
        "Moscow denied having struck a hospital in Sumy.",
        "Pyongyang denied that it had sent weapons to Russia.",
    ]
    assert {row[3] for row in claims(here)} == {"certainly not (CT-)"}


def test_what_did_the_isw_say(visit: Opener) -> None:
    here = visit("stranger")
    here.search("ISW")
    assert here.text("#panel h2") == "Institute for the Study of War"
    assert here.texts("#panel .card.said h3") == ["Recapture", "Counterattack"]
    here.page.click("#clear")
    here.choose("Institute for the Study of War")
    assert sorted(row[0] for row in claims(here)) == [
        "Russia counterattacked near Sudzhacounterattack",
        "Russia recaptured Plekhovorecapture",
    ]


def test_which_facts_rest_on_anonymous_sources(visit: Opener) -> None:
    here = visit("stranger")
    here.choose("An unnamed source")
    here.show("table")
    rows = here.page.locator("#rows tr").all()
    assert [row.locator("td").all_text_contents()[:4] for row in rows] == [
        ["North Korea", "supplied", "Russia", "Disputed"],
        ["Russia", "attacked", "Kharkiv", "Claimed only"],
    ]


def test_what_happened_near_sudzha_in_august_as_csv(visit: Opener) -> None:
    here = visit("stranger")
    here.search("sudzha")
    here.page.get_by_role("button", name="Only what happened within 50 kilometres").click()
    here.page.fill("#query", "")
    for side, day in (("from", "2024-08-01"), ("to", "2024-08-31")):
        here.page.fill(f"#date-{side}", day)
        here.page.press(f"#date-{side}", "Enter")
    here.wait_for("2 of 8 facts match")
    here.show("timeline")
    assert here.texts("#days h2") == ["2024-08-15", "2024-08-16"]
    rows = list(csv.DictReader(io.StringIO(here.save("csv").removeprefix("\ufeff"))))
    assert [(row["subject"], row["relation"], row["object"], row["from"]) for row in rows] == [
        ("Russia", "advanced near", "Sudzha", "2024-08-16"),
        ("Ukraine", "captured", "Sudzha", "2024-08-15"),
    ]
    assert (
        rows[0]["sentence"] == "Russia counterattacked near Sudzha a day later, the ISW assessed."
    )
    assert rows[0]["according_to"] == "Institute for the Study of War"
