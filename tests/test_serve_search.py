"""Full-text search: ranked sentences with report and claims; hostile words mean only themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import BuildError, InputError, QueryError
from kg.model import Entity, Reading
from kg.store.search import Hit, search, update_search, write_search
from tests.builders import argument, claim, open_claim, reading, report, searched


def told(*sentences: str, uri: str, trigger: str | None = None) -> Reading:
    document = report(*sentences, uri=uri, publisher="Wire", published=date(2031, 4, 6))
    claims = []
    if trigger:
        claims = [claim(document, "Attack", trigger, argument(document, "agent", "Veloria", "V"))]
    return reading(document, claims, [Entity("V", "Country", "Veloria")])


FIRST = told(
    "Veloria attacked the port of Zanth.", "Nobody was hurt in the café.", uri="one.txt",
    trigger="attacked",
)  # fmt: skip
SECOND = told(
    "An attack on the port is an attack on all, said the port.", "Rain fell.", uri="two.txt"
)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "search.db"
    write_search(path, [searched(FIRST), searched(SECOND)])
    return path


def texts(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.text for hit in hits]


def test_a_hit_knows_its_report_and_claims(index: Path) -> None:
    (hit,) = search(index, "zanth")
    assert (hit.text, hit.sentence) == ("Veloria attacked the port of Zanth.", 0)
    assert (hit.uri, hit.title, hit.publisher) == ("one.txt", "A report", "Wire")
    assert hit.published == "2031-04-06"
    assert hit.document == f"doc_{FIRST.document.id[:16]}"
    ((found),) = hit.claims
    assert (found.id, found.type, found.factuality) == (FIRST.claims[0].id, "Attack", "CT+")
    assert found.label == "Veloria: attacked"


def test_a_sentence_lists_its_open_claims_too(tmp_path: Path) -> None:
    document = report("Veloria owns two tugs.")
    owns = open_claim(document, "own", "owns", argument(document, "object", "two tugs"))
    write_search(tmp_path / "search.db", [searched(reading(document, open_claims=[owns]))])
    (hit,) = search(tmp_path / "search.db", "tug")
    ((found),) = hit.claims
    assert (found.id, found.type, found.label) == (owns.id, "OpenClaim", "owns (two tugs)")


def test_all_words_must_occur_by_their_stems_and_the_best_goes_first(index: Path) -> None:
    assert texts(search(index, "ATTACKING ports")) == [
        SECOND.document.text.partition(" Rain")[0],
        "Veloria attacked the port of Zanth.",
    ]
    assert texts(search(index, "attack zanth")) == ["Veloria attacked the port of Zanth."]
    assert len(search(index, "attack", limit=1)) == 1


def test_phrases_and_accents(index: Path) -> None:
    assert texts(search(index, '"port of Zanth"')) == ["Veloria attacked the port of Zanth."]
    assert search(index, '"Zanth of port"') == ()
    assert texts(search(index, "cafe")) == ["Nobody was hurt in the café."]


@pytest.mark.parametrize(
    "words",
    ["port OR rain", "port NOT zanth", "text:port rain", "port* -rain", "NEAR(port rain)",
     '"port', "x' OR 1=1 --", "port)", "^port rain", "\0port rain", "po{rt}"],
)  # fmt: skip
def test_words_are_never_operators(index: Path, words: str) -> None:
    assert all("port" in text for text in texts(search(index, words)))


@pytest.mark.parametrize("nothing", ["", "  ", '""', "* - !", '"'])
def test_there_must_be_a_word(index: Path, nothing: str) -> None:
    with pytest.raises(QueryError, match="no word"):
        search(index, nothing)


def test_the_same_readings_give_the_same_bytes(index: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    write_search(again, map(searched, [FIRST, SECOND]))
    assert again.read_bytes() == index.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.db", "search.db"]


def test_an_updated_index_answers_as_one_made_anew(index: Path, tmp_path: Path) -> None:
    third = told("The port burned.", uri="three.txt", trigger=None)
    update_search(index, added=[searched(third), searched(SECOND)], removed=[FIRST.document.id])
    fresh = tmp_path / "fresh.db"
    write_search(fresh, [searched(SECOND), searched(third)])
    for words in ("port", "attack", "zanth", "burned"):
        assert search(index, words) == search(fresh, words)


def test_a_failed_update_changes_nothing(index: Path) -> None:
    def failing() -> object:
        yield searched(told("The port burned.", uri="three.txt"))
        raise BuildError("broken")

    with pytest.raises(BuildError, match="broken"):
        update_search(index, failing(), [FIRST.document.id])  # type: ignore[arg-type]
    assert len(search(index, "port")) == 2


def test_no_index_or_another_file_is_an_error(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("not a database at all, but long enough to be looked at " * 20)
    for path in (tmp_path / "none.db", other):
        with pytest.raises(InputError, match="not a search index"):
            search(path, "port")
    assert not (tmp_path / "none.db").exists()
