"""The table of names: sound in itself, and right about the names that trip systems up."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from kg import gazetteer
from kg.errors import ResourceError
from kg.resources import ontology_path
from kg.vocab import CLASSES, is_a


@pytest.fixture(scope="module")
def known() -> gazetteer.Gazetteer:
    return gazetteer.load()


@pytest.fixture(scope="module")
def names(known) -> dict[tuple[str, str], gazetteer.Name]:
    return {(name.text, name.level): name for name in known.names()}


def ids(entries) -> list[str]:
    return [entry.id for entry in entries]


# ------------------------------------------------------------------ the table as a whole


def test_ids_are_plain_iri_names(known):
    assert [id_ for id_ in known if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", id_)] == []


def test_ids_are_unique_and_rows_sorted():
    rows = gzip.decompress(ontology_path("gazetteer", "places.tsv.gz").read_bytes()).decode()
    found = [row.split("\t")[0] for row in rows.splitlines()]
    assert len(found) == len(set(found))
    assert rows.splitlines() == sorted(rows.splitlines())


def test_the_readme_tells_the_size_of_the_table():
    path = ontology_path("gazetteer", "places.tsv.gz")
    rows = gzip.decompress(path.read_bytes()).count(b"\n")
    said = f"{rows:,} rows in {path.stat().st_size:,} bytes"
    assert said in ontology_path("gazetteer", "README.md").read_text(encoding="utf-8")


def test_every_link_names_an_entry(known):
    links = ("country", "within", "side", "seat_of", "affiliation")
    dangling = [
        (entry.id, link, getattr(entry, link))
        for entry in known.values()
        for link in links
        if getattr(entry, link) is not None and getattr(entry, link) not in known
    ]
    assert dangling == []


def test_no_entry_is_within_itself_at_any_depth(known):
    for entry in known.values():
        seen = {entry.id}
        while entry.within:
            entry = known[entry.within]
            assert entry.id not in seen
            seen.add(entry.id)


def test_types_are_classes_of_entities(known):
    types = {entry.type for entry in known.values()}
    assert types <= CLASSES.keys()
    assert all(is_a(type_, "Entity") for type_ in types)


def test_external_ids_are_well_formed_and_not_shared(known):
    for field, form in (("wikidata", r"Q[1-9]\d*"), ("geonames", r"[1-9]\d*")):
        values = [str(getattr(e, field)) for e in known.values() if getattr(e, field) is not None]
        assert all(re.fullmatch(form, value) for value in values)
        assert len(values) == len(set(values))


def test_positions_are_canonical_decimals_on_the_globe(known):
    for entry in known.values():
        assert (entry.lat is None) == (entry.lon is None)
        for text, limit in ((entry.lat, 90), (entry.lon, 180)):
            if text is not None:
                assert re.fullmatch(r"0|-?(0|[1-9]\d*)(\.\d*[1-9])?", text)
                assert abs(float(text)) <= limit


def test_every_current_state_has_demonym_codes_and_seat(known):
    states = [e for e in known.values() if e.type == "Country" and e.iso2]
    assert len(states) >= 195
    seats = {entry.seat_of for entry in known.values()}
    city_states = {"Vatican_City", "Monaco", "Singapore", "Luxembourg", "Djibouti", "San_Marino"}
    rivals = {"Yemen", "Belgium", "Netherlands", "Nauru", "Palau", "Seychelles"}
    for state in states:
        assert state.adjectives or state.id == "Vatican_City"
        assert len(state.iso2) == 2
        assert len(state.iso3 or "") == 3
        assert state.id in seats or state.id in city_states | rivals


# ------------------------------------------------------------------ candidates


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Russia", "Russia"),
        ("the United States", "United_States"),
        ("U.S.", "United_States"),
        ("Britain", "United_Kingdom"),
        ("Turkiye", "Turkey"),
        ("Côte d’Ivoire", "Ivory_Coast"),
        ("DR Congo", "Democratic_Republic_of_the_Congo"),
        ("Georgia", "Georgia"),
        ("Kiev", "Kyiv"),
        ("Washington", "Washington_DC"),
        ("Hodeidah", "Hodeidah"),
        ("Al Ḩudaydah", "Hodeidah"),
        ("Kursk region", "Kursk_Oblast"),
        ("Kursk Oblast", "Kursk_Oblast"),
        ("Sudzha", "Sudzha"),
        ("Gaza", "Gaza_Strip"),
        ("Raqqa", "Raqqa"),
        ("Sana’a", "Sanaa"),
        ("Mazar-e-Sharif", "Mazar-i-Sharif"),
        ("ISIS", "Islamic_State"),
        ("al-Qaida", "Al-Qaeda"),
        ("IDF", "Israel_Defense_Forces"),
        ("ISW", "Institute_for_the_Study_of_War"),
        ("Zelenskyy", "Volodymyr_Zelensky"),
        ("Erdoğan", "Recep_Tayyip_Erdogan"),
        ("F-16s", "F-16"),
        ("UKRAINE", "Ukraine"),
    ],
)
def test_a_name_offers_its_bearer_first(known, name, first):
    assert known.candidates(name)[0].id == first


def test_an_oblast_and_its_city_are_both_offered(known):
    by_id = {entry.id: entry for entry in known.candidates("Kursk")}
    assert by_id["Kursk_Oblast"].geonames == 538555
    assert by_id["Kursk_Oblast"].wikidata == "Q3178"
    assert by_id["Kursk"].geonames == 538560
    assert by_id["Kursk"].within == "Kursk_Oblast"


def test_homonyms_are_all_offered_whatever_their_size(known):
    offered = {entry.geonames: entry for entry in known.candidates("Pokrovsk")}
    assert offered[704422].country == "Ukraine"
    assert {entry.country for entry in offered.values()} == {"Ukraine", "Russia"}
    assert set(ids(known.candidates("Congo"))) == {
        "Democratic_Republic_of_the_Congo",
        "Republic_of_the_Congo",
    }


def test_candidates_come_by_population_then_id(known):
    for name in ("Tripoli", "Georgia", "Victoria", "Valencia", "Springfield"):
        found = known.candidates(name)
        assert len(found) > 1
        assert list(found) == sorted(found, key=lambda e: (-(e.population or 0), e.id))


def test_a_demonym_offers_its_state(known):
    assert ids(known.candidates("Russian")) == ["Russia"]
    assert ids(known.candidates("Dutch")) == ["Netherlands"]
    assert len(known.candidates("Congolese")) == 2


@pytest.mark.parametrize("name", ["", "Kavumu-les-Bains", "the", "Qwertyville", "russia"])
def test_an_unknown_name_offers_nothing(known, name):
    assert known.candidates(name) == ()


def test_an_unknown_id_is_a_key_error(known):
    assert "Eldorado_of_Nowhere" not in known
    with pytest.raises(KeyError):
        known["Eldorado_of_Nowhere"]


# ------------------------------------------------------------------ what entries say


def test_seats_stand_for_states_and_bodies(known):
    assert known["Moscow"].seat_of == known["Kremlin"].seat_of == "Russia"
    assert known["White_House"].seat_of == "United_States"
    assert known["Pentagon"].seat_of == "US_Department_of_Defense"
    assert known["Brussels"].seat_of == "European_Union"
    assert known["Sanaa"].seat_of is None


def test_forces_act_for_their_state_and_rebels_for_themselves(known):
    assert known["Russian_Armed_Forces"].side == "Russia"
    assert known["Islamic_Revolutionary_Guard_Corps"].side == "Iran"
    assert known["Al-Qassam_Brigades"].side == "Hamas"
    for group in ("Hezbollah", "Houthis", "Rapid_Support_Forces", "M23", "Taliban"):
        assert known[group].side is None


def test_disputed_places_follow_recognition(known):
    assert known["Crimea"].country == known["Donetsk_Peoples_Republic"].country == "Ukraine"
    assert known["Abkhazia"].country == "Georgia"
    assert known["Gaza_Strip"].within == known["West_Bank"].within == "Palestine"
    assert known["Simferopol"].within == "Crimea"


def test_a_compiled_row_and_a_hand_written_entry_become_one(known):
    moscow = known["Moscow"]
    assert (moscow.geonames, moscow.wikidata) == (524901, "Q649")
    assert moscow.lat is not None
    assert moscow.population > 10_000_000


# ------------------------------------------------------------------ names for the annotator


@pytest.mark.parametrize(
    ("text", "level", "strength"),
    [
        ("Ukraine", "NAM", "strong"),
        ("Ukrainians", "ADJ", "strong"),
        ("Donetsk Oblast", "NAM", "strong"),
        ("Sudzha", "NAM", "strong"),
        ("Boko Haram", "NAM", "strong"),
        ("Reuters", "NAM", "strong"),
        ("Texas", "NAM", "strong"),
        ("London", "NAM", "strong"),
        ("Reading", "NAM", "weak"),
        ("Mobile", "NAM", "weak"),
        ("Nice", "NAM", "weak"),
        ("Jordan", "NAM", "weak"),
        ("Victoria", "NAM", "weak"),
        ("Hit", "NAM", "weak"),
        ("Male", "NAM", "weak"),
        ("IS", "NAM", "weak"),
        ("Signal", "NAM", "weak"),
        ("Kim", "NAM", "weak"),
        ("Liberation", "NAM", "weak"),
    ],
)
def test_names_that_mean_something_else_too_are_weak(names, text, level, strength):
    assert names[text, level].strength == strength


def test_the_texts_of_names_lead_to_their_first_bearer(known):
    for strength in ("strong", "weak"):
        listed = {name.text: name.ids[0] for name in known.names() if name.strength == strength}
        assert set(known.texts(strength)) == set(listed)
        assert all(known.bearer(text).id == listed[text] for text in list(listed)[:500])


def test_names_are_listed_once_with_all_bearers(known, names):
    assert len(names) == sum(1 for _ in known.names())
    assert set(names["Kursk", "NAM"].ids) == set(ids(known.candidates("Kursk")))


def test_no_function_word_or_month_is_a_strong_name(names):
    traps = "The A In On At For March May June August Sunday Monday President Prime South North"
    strong = [word for word in traps.split() if names.get((word, "NAM"), None) is not None]
    assert [word for word in strong if names[word, "NAM"].strength == "strong"] == []


# ------------------------------------------------------------------ overlays


def overlay(tmp_path: Path, text: str, name: str = "mine.yml") -> Path:
    (tmp_path / "entities").mkdir(exist_ok=True)
    (tmp_path / "entities" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_an_overlay_adds_entries_and_extends_known_ones(tmp_path):
    text = (
        "Village:\n  Robotyne: {country: Ukraine, within: Zaporizhzhia_Oblast, lat: '47.4486'}\n"
        "Country:\n  Ukraine: {aliases: [Ukraina], adjectives: [Ukie]}\n"
        "Town:\n  Sudzha: {aliases: [Sudja], label: Soudja}\n"
    )
    known = gazetteer.load([overlay(tmp_path, text)])
    assert known["Robotyne"].within == "Zaporizhzhia_Oblast"
    assert ids(known.candidates("Robotyne")) == ["Robotyne"]
    assert "Ukraina" in known["Ukraine"].aliases
    assert "Ukrainian" in known["Ukraine"].adjectives
    assert known["Sudzha"].label == "Soudja"
    assert known["Sudzha"].geonames == 486816
    for name in ("Soudja", "Sudja", "Sudzha"):
        assert ids(known.candidates(name)) == ["Sudzha"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Country:\n  Freedonia: {demonym: x}\n", 2, "unknown key `demonym`"),
        ("Country:\n  Freedonia:\n    aliases: [A]\n    iso2: 3\n", 4, "Expected `str"),
        ("Kingdom:\n  Freedonia: {}\n", 2, "`Kingdom` is not a class of entities"),
        ("Advance:\n  Freedonia: {}\n", 2, "`Advance` is not a class of entities"),
        ("Country:\n  Free donia: {}\n", 2, "not a plain IRI name"),
        ("Country:\n  A: {}\n  B:\n    side: Nobody\n", 4, "`side` names the unknown entry"),
    ],
)
def test_a_bad_overlay_is_told_with_file_and_line(tmp_path, text, line, message):
    folder = overlay(tmp_path, text)
    with pytest.raises(ResourceError) as caught:
        gazetteer.load([folder])
    assert caught.value.where == f"{folder / 'entities' / 'mine.yml'}:{line}"
    assert message in caught.value.message


def test_an_overlay_may_be_a_table(tmp_path):
    text = (
        "id,type,aliases,country,geonames,lat\r\n"
        "Robotyne,Village,Rabotino | Robotino,Ukraine,,47.4486\r\n"
        ",,,,,\r\n"
        'Sudzha,Town,"Sudja, the town",,,\r\n'
    )
    known = gazetteer.load([overlay(tmp_path, "\ufeff" + text, "mine.csv")])
    assert known["Robotyne"].aliases == ("Rabotino", "Robotino")
    assert known["Robotyne"].lat == "47.4486"
    assert "Sudja, the town" in known["Sudzha"].aliases
    assert known["Sudzha"].geonames == 486816


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id,type,demonym\nA,Country,x\n", 1, "the column `demonym` is unknown"),
        ("id,type,id\n", 1, "given twice"),
        ("id,type\nA,Country\n,Country\n", 3, "needs an `id` and a `type`"),
        ("id,type\nA,Country\nA,Country\n", 3, "`A` is given twice"),
        ("id,type\nA,Country,x\n", 2, "more cells"),
        ("id,type\nA,Kingdom\n", 2, "`Kingdom` is not a class of entities"),
        ("id,type,geonames\nA,Country,12x\n", 2, "whole number"),
        ("id,type,side\nA,Country,\nB,Country,Nobody\n", 3, "`side` names the unknown entry"),
        ('id,type\n"A,Country\n', 2, "unexpected end of data"),
    ],
)
def test_a_bad_table_is_told_with_file_and_line(tmp_path, text, line, message):
    folder = overlay(tmp_path, text, "mine.csv")
    with pytest.raises(ResourceError) as caught:
        gazetteer.load([folder])
    assert caught.value.where == f"{folder / 'entities' / 'mine.csv'}:{line}"
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Erdoğan", "Erdogan"),
        ("Al Ḩudaydah", "Al Hudaydah"),
        ("Sana’a", "Sana'a"),
        ("Łódź", "Lodz"),
        ("İzmir", "Izmir"),
        ("Diyarbakır", "Diyarbakir"),
        ("Malmö", "Malmo"),
        ("Kyiv", "Kyiv"),
        ("Israel–Hamas", "Israel-Hamas"),
    ],
)
def test_folding_takes_marks_off_and_keeps_case(name, plain):
    assert gazetteer.fold(name) == plain
    assert gazetteer.fold(plain) == plain
