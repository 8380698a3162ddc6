"""Reading ontology files: what is found, what is refused, and where the fault is said to be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from kg.errors import ResourceError
from kg.resources import load_yaml, ontology_path, read_text, read_yaml, resource_files


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True)
class EventFile:
    name: str
    triggers: tuple[Trigger, ...] = ()


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "file.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def fault(path: Path, kind: type) -> tuple[str, str]:
    with pytest.raises(ResourceError) as caught:
        load_yaml(path, kind)
    return str(caught.value.where), caught.value.message


def test_a_file_becomes_its_type(write):
    path = write(
        "name: Advance\ntriggers:\n- words: [advance, push on]\n- {words: [], weight: 2}\n"
    )
    assert load_yaml(path, EventFile) == EventFile(
        "Advance", (Trigger(("advance", "push on")), Trigger((), 2))
    )


def test_words_of_a_language_stay_text(write):
    words = ["no", "on", "off", "y", "12:30", "2024-11-23", "010", "1_000", "0x10", "1e3", "Null"]
    path = write("".join(f"- {word}\n" for word in words))
    assert load_yaml(path, list[str]) == words


def test_numbers_booleans_and_null_are_read(write):
    path = write("[7, -7, 0, 1.5, true, false, ~, null, '7']")
    assert read_yaml(path).value == [7, -7, 0, 1.5, True, False, None, None, "7"]


def test_numeric_keys_fit_a_numeric_type(write):
    assert load_yaml(write("1: one\n2: two\n"), dict[int, str]) == {1: "one", 2: "two"}


@pytest.mark.parametrize(
    ("text", "kind", "line", "message"),
    [
        ("name: A\ntriggers:\n- words: [a]\n- word: [b]\n", EventFile, 4, "unknown key `word`"),
        ("name: A\ncolour: red\n", EventFile, 2, "unknown key `colour`"),
        ("name: A\ntriggers:\n- words:\n  - a\n  - 3\n", EventFile, 5, "Expected `str`, got `int`"),
        ("name: A\ntriggers:\n- weight: 3\n", EventFile, 3, "required field `words`"),
        ("a: {words: []}\n\nb:\n  words: [x]\n  weight: x\n", dict[str, Trigger], 5, "`int`"),
        ("name: A\nname: B\n", EventFile, 2, "`name` is given twice"),
        ("name: [A\n", EventFile, 2, "expected ',' or ']'"),
        ("name: A: B\n", EventFile, 1, "mapping values are not allowed"),
        ("", EventFile, 1, "got `null`"),
        ("name: A\ntriggers: !!python/object/apply:os.getcwd []\n", EventFile, 2, "tag"),
        ("name: !!python/name:os.system x\n", EventFile, 1, "tag"),
        ("name: A\ntriggers: &all [*all]\n", EventFile, 2, "aliases are not allowed"),
        ("? [a]\n: b\n", EventFile, 1, "a key must be plain text"),
    ],
)
def test_a_fault_is_told_with_its_line(write, text, kind, line, message):
    path = write(text)
    where, said = fault(path, kind)
    assert where == f"{path}:{line}"
    assert message in said


def test_a_missing_or_undecodable_file_is_one_clear_error(tmp_path):
    assert fault(tmp_path / "none.yml", EventFile)[0] == str(tmp_path / "none.yml")
    (tmp_path / "latin.yml").write_bytes(b"name: caf\xe9\n")
    assert "UTF-8" in fault(tmp_path / "latin.yml", EventFile)[1]


def test_lines_of_entries_can_be_asked_for(write):
    file = read_yaml(write("name: A\ntriggers:\n- words:\n  - advance\n  - push on\n"))
    assert file.line("triggers", 0, "words", 1) == 5
    assert file.line("triggers", 0, "nothing") == 3
    assert file.line() == 1
    assert file.where("triggers").endswith("file.yml:2")


def test_shipped_files_are_named_without_the_folder_they_lie_in():
    file = read_yaml(ontology_path("entities", "countries.yml"))
    assert file.where("Country", "Ukraine").startswith("ontology/entities/countries.yml:")


def test_no_name_leads_out_of_the_ontology():
    for parts in (("..", "pyproject.toml"), ("queries", "..", "..", "x"), ("/etc/passwd",)):
        with pytest.raises(ResourceError, match="out of the ontology"):
            ontology_path(*parts)


def test_text_files_are_read():
    assert "GeoNames" in read_text("gazetteer", "README.md")


def test_overlay_files_come_after_the_shipped_ones(tmp_path):
    (tmp_path / "entities").mkdir()
    for name in ("b.yml", "a.yml", "notes.txt"):
        (tmp_path / "entities" / name).write_text("")
    shipped = resource_files("entities", "*.yml")
    found = resource_files("entities", "*.yml", [tmp_path])
    assert found[: len(shipped)] == shipped
    assert [path.name for path in found[len(shipped) :]] == ["a.yml", "b.yml"]
    assert resource_files("events", "*.none", [tmp_path]) == ()


def test_an_overlay_must_be_a_folder(tmp_path):
    with pytest.raises(ResourceError, match="not a folder"):
        resource_files("entities", "*.yml", [tmp_path / "none"])
