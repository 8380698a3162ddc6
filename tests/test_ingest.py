"""Readers: what a report becomes, and where its sections lie."""

from __future__ import annotations

import csv
import json
import os
import string
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ingest import Columns, read
from kg.ingest.boilerplate import Pattern, is_boilerplate, patterns, trail
from kg.ingest.clean import normalise
from kg.ingest.dateline import Dateline, Form, dateline, datelines
from kg.model import Document, Skipped

SAMPLES = Path(__file__).parent.parent / "samples"
LEAD = "The army said on Sunday that it had retaken the bridge over the river."
MORE = "Rebels denied that the town had fallen, and a spokesman called the claim a lie."


def one(path: Path | str, **options: object) -> Document:
    (document,) = read([path], **options)  # type: ignore[arg-type]
    assert isinstance(document, Document), document
    return document


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def parts(document: Document, kind: str) -> list[str]:
    return [
        document.text[section.span.start : section.span.end]
        for section in document.sections
        if section.kind == kind
    ]


# ------------------------------------------------------------ plain text


def test_lines_are_paragraphs_below_a_headline_and_its_trail(tmp_path: Path) -> None:
    document = one(
        written(tmp_path, "a.txt", f"Army retakes bridge | World | News\n{LEAD}\n{MORE}")
    )
    assert document.title == "Army retakes bridge"
    assert parts(document, "title") == ["Army retakes bridge"]
    assert parts(document, "boilerplate") == ["| World | News"]
    assert parts(document, "body") == [LEAD, MORE]
    assert (document.uri, document.published, document.publisher) == ("a.txt", None, None)


def test_hard_wrapped_lines_run_on_to_the_blank_line(tmp_path: Path) -> None:
    wrapped = (
        "Army retakes bridge\n"
        "The army said on Sunday that it had retaken the bridge over the\n"
        "river after a week of fighting in which at least 40 soldiers had\n"
        "been killed.\n\n"
        "Rebels denied that the town had fallen, and a spokesman for them\n"
        "called the claim a lie that was meant for the talks in Geneva.\n"
    )
    document = one(written(tmp_path, "a.txt", wrapped))
    assert parts(document, "title") == ["Army retakes bridge"]
    assert [body.split()[-1] for body in parts(document, "body")] == ["killed.", "Geneva."]
    assert len(document.text) == len(wrapped.rstrip())


def test_indented_wrapped_paragraphs_are_told_apart(tmp_path: Path) -> None:
    wrapped = (
        "    The army said on Sunday that it had retaken the bridge over\n"
        "the river after a week of fighting in which at least 40 soldiers\n"
        "had been killed near the village of Example and two more places.\n"
        "    Rebels denied that the town had fallen, and a spokesman for\n"
        "them called the claim a lie that was meant for talks in Geneva.\n"
    )
    assert len(parts(one(written(tmp_path, "a.txt", wrapped)), "body")) == 2


def test_short_one_line_paragraphs_are_not_taken_for_wrapped_ones(tmp_path: Path) -> None:
    lines = [
        "The army said on Sunday that it had retaken the bridge.",
        "Rebels denied that the town had fallen to the army.",
        "A spokesman in Geneva called the claim a plain lie.",
        "The talks are to go on next week, diplomats said.",
    ]
    assert parts(one(written(tmp_path, "a.txt", "\n".join(lines))), "body") == lines


def test_a_sentence_cut_by_a_stray_line_end_is_one_paragraph(tmp_path: Path) -> None:
    document = one(written(tmp_path, "a.txt", f"{LEAD}\nRebels denied the\nclaim of the army.\n"))
    assert parts(document, "body") == [LEAD, "Rebels denied the claim of the army."]


def test_a_short_line_between_paragraphs_is_a_heading(tmp_path: Path) -> None:
    document = one(written(tmp_path, "a.txt", f"{LEAD}\n\nTalks in Geneva\n\n{MORE}\n"))
    assert parts(document, "heading") == ["Talks in Geneva"]
    assert parts(document, "title") == []


def test_a_dateline_gives_publisher_and_day_and_is_no_part_of_the_body(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", f"KYIV, 23 November 2024 (Example Wire) - {LEAD}\n{MORE}")
    document = one(path)
    assert (document.publisher, document.published) == ("Example Wire", date(2024, 11, 23))
    assert parts(document, "body") == [LEAD, MORE]


def test_a_dateline_stands_below_a_headline_of_any_length(tmp_path: Path) -> None:
    headline = f"{'Court jails two for arms deal; ' * 3}opposition calls verdict political"
    written_on = f"GOMA, 14 March 2025 (Example Wire) - {LEAD}"
    document = one(written(tmp_path, "a.txt", f"{headline}\n\n{written_on}\n\n{MORE}\n"))
    assert (document.publisher, document.published) == ("Example Wire", date(2025, 3, 14))
    assert parts(document, "body") == [LEAD, MORE]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The army left Goma. It went south.", "The army left Goma. It went south"),
        (f"{LEAD} {MORE}", LEAD.rstrip(".")),
        (
            "Thousands of people fled the fighting in the east of Congo on Sunday, going on foot.",
            "Thousands of people fled the fighting in the east of Congo on Sunday, going on…",
        ),
    ],
)
def test_without_a_headline_the_first_sentence_is_the_title(
    tmp_path: Path, text: str, title: str
) -> None:
    assert one(written(tmp_path, "a.txt", text)).title == title


def test_front_matter_describes_the_report(tmp_path: Path) -> None:
    matter = (
        "---\n# invented\ntitle: 'Bridge: retaken'\ndate: 2024-11-23\nsource: Example Wire\n---\n"
    )
    for name in ("a.txt", "a.md"):
        document = one(written(tmp_path, name, f"{matter}{LEAD}\n\n{MORE}\n"))
        assert document.title == "Bridge: retaken"
        assert document.published == date(2024, 11, 23)
        assert document.publisher == "Example Wire"
        assert document.text == f"{LEAD}\n\n{MORE}"


def test_given_date_and_publisher_are_for_reports_that_do_not_say(tmp_path: Path) -> None:
    dated = written(tmp_path, "dated.txt", f"---\ndate: 2020-01-02\npublisher: A\n---\n{LEAD}")
    bare = written(tmp_path, "bare.txt", MORE)
    documents = list(read([dated, bare], published=date(2024, 5, 6), publisher="B"))
    assert [
        (each.published, each.publisher) for each in documents if isinstance(each, Document)
    ] == [(date(2020, 1, 2), "A"), (date(2024, 5, 6), "B")]


# ---------------------------------------------------------- normalisation


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("\ufeffone\r\ntwo\rthree", "one\ntwo\nthree"),
        ("60\u00a0000\u2009troops\tin", "60 000 troops in"),
        ("coun\u00adter\u200boffensive", "counteroffensive"),
        ("Ukraine‘s grip", "Ukraine’s grip"),
        ("said: ‘no’", "said: ‘no’"),
        ("safe\u202egpj.exe\u2066", "safegpj.exe"),
        ("a\x00b\x1b[31mc", "a b [31mc"),
        ("Ze\u0301lenskyy", "Zélenskyy"),
        ("\ud800", "\ufffd"),
        ("He fled.[2][13] She stayed[a]; see [5].", "He fled. She stayed[a]; see [5]."),
    ],
)
def test_normalisation(raw: str, stored: str) -> None:
    assert normalise(raw) == stored


@given(st.text(max_size=200))
def test_normalisation_is_done_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    normalise(text).encode()


# -------------------------------------------------------------- Markdown


def test_markdown_keeps_words_and_drops_markup(tmp_path: Path) -> None:
    source = (
        f"# Army *retakes* bridge\n\nThe **army** said on [Sunday](https://e.org)\nthat it had "
        f"retaken &amp; held the bridge.\n\n![a map](map.png)\n\n## Talks in Geneva\n\n- {MORE}\n"
    )
    document = one(written(tmp_path, "a.md", source))
    assert document.title == "Army retakes bridge"
    assert parts(document, "heading") == ["Talks in Geneva"]
    assert parts(document, "body") == [
        "The army said on Sunday that it had retaken & held the bridge.",
        MORE,
    ]


def test_html_in_markdown_stays_text(tmp_path: Path) -> None:
    document = one(written(tmp_path, "a.md", f"# Army <script>alert(1)</script>\n\n{LEAD}"))
    assert document.title == "Army <script>alert(1)</script>"


# ------------------------------------------------------------------ HTML


def page(title: str, body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>"
        f"Home</a></nav><article>{body}</article><footer>Sign up</footer></body></html>"
    )


def test_a_page_gives_its_article_and_what_it_declares(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Example Wire">'
        '<meta property="article:published_time" content="2024-11-23T08:00:00Z">'
    )
    body = f"<h1>Army retakes bridge</h1><p>{LEAD}<br>{MORE}</p><h2>Talks</h2><p>{MORE}</p>"
    document = one(written(tmp_path, "a.html", page("Army retakes bridge", body, head)))
    assert (document.title, document.publisher) == ("Army retakes bridge", "Example Wire")
    assert document.published == date(2024, 11, 23)
    assert parts(document, "title") == ["Army retakes bridge"]
    assert parts(document, "heading") == ["Talks"]
    assert parts(document, "body") == [f"{LEAD} {MORE}", MORE]


def test_a_date_is_not_guessed_from_the_words_of_a_page(tmp_path: Path) -> None:
    body = f"<p>{LEAD}</p><p>The war began on 24 February 2022.</p><p>© 2019</p>"
    assert one(written(tmp_path, "a.html", page("Army retakes bridge", body))).published is None


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"])
def test_a_script_in_a_page_title_stays_text(tmp_path: Path, script: str) -> None:
    content = page(f"Army {script} retakes bridge", f"<p>{LEAD}</p><p>{MORE}</p>")
    assert one(written(tmp_path, "a.html", content)).title == (
        "Army <script>alert(1)</script> retakes bridge"
    )


def test_a_page_in_its_declared_encoding(tmp_path: Path) -> None:
    content = page("Army", f"<p>{LEAD} “No,” it said.</p>", '<meta charset="iso-8859-1">')
    document = one(written(tmp_path, "a.html", content.encode("cp1252")))
    assert "“No,” it said." in document.text


# --------------------------------------------------------------- records


def test_json_lines_with_named_fields(tmp_path: Path) -> None:
    rows = [
        {"text": LEAD, "url": "https://example.org/a", "title": "Army retakes bridge"},
        {"text": MORE, "id": "x7", "publisher": "Example Wire", "date": "2024-11-23T10:00:00Z"},
        {"text": f"{MORE} {LEAD}", "url": "javascript:alert(1)", "date": "yesterday"},
    ]
    path = written(tmp_path, "a.jsonl", "\n\n".join(json.dumps(row) for row in rows))
    first, second, third = read([path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.uri, first.title) == ("https://example.org/a", "Army retakes bridge")
    assert (second.uri, second.publisher) == ("a.jsonl#x7", "Example Wire")
    assert second.published == date(2024, 11, 23)
    assert isinstance(third, Document)
    assert (third.uri, third.published) == ("a.jsonl#5", None)


def test_columns_rename_the_fields(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", f'body,when\n"{LEAD}\n{MORE}",2024-11-23\n')
    document = one(path, columns=Columns(text="body", date="when"))
    assert document.published == date(2024, 11, 23)
    assert document.uri == "a.csv#1"
    assert parts(document, "body") == [LEAD, MORE]


def test_a_bad_record_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": LEAD}),
        "{not json",
        "[1]",
        json.dumps({"title": "no text"}),
        '{"text": "\\ud800"}',
        "[" * 100_000,
        json.dumps({"text": MORE}),
    ]
    found = list(read([written(tmp_path, "a.jsonl", "\n".join(lines))]))
    assert [type(each) for each in found] == [Document, *[Skipped] * 5, Document]
    assert [each.uri for each in found] == [f"a.jsonl#{n}" for n in range(1, 8)]
    assert all("\n" not in each.reason for each in found if isinstance(each, Skipped))


def test_a_csv_field_beyond_the_limit_ends_the_file(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    rows = f'text\n"{LEAD}"\n"{"x" * 2_100_000}"\n"{MORE}"\n'
    first, second = read([written(tmp_path, "a.csv", rows)])
    assert isinstance(first, Document)
    assert isinstance(second, Skipped)
    assert second.uri == "a.csv#2"
    assert "the rest of the file is not read" in second.reason
    assert csv.field_size_limit() == limit


def test_a_csv_without_the_text_column_says_what_it_has(tmp_path: Path) -> None:
    (skipped,) = read([written(tmp_path, "a.csv", "title;text\nx;y\n")])
    assert skipped == Skipped("a.csv", "no column `text` in the header: title;text")


# ----------------------------------------------------------- where from


def test_folders_are_read_sorted_and_say_what_they_leave_out(tmp_path: Path) -> None:
    written(tmp_path, "in/b/two.txt", MORE)
    written(tmp_path, "in/a.md", LEAD)
    written(tmp_path, "in/.hidden/x.txt", LEAD)
    written(tmp_path, "in/map.png", b"\x89PNG")
    assert [(type(each), each.uri) for each in read([tmp_path / "in"])] == [
        (Document, "a.md"),
        (Document, "b/two.txt"),
        (Skipped, "in"),
    ]


def test_arguments_keep_their_order_and_no_name_is_absolute(tmp_path: Path) -> None:
    paths = [written(tmp_path, "b.txt", LEAD), written(tmp_path, "a.txt", MORE)]
    assert [each.uri for each in read(paths)] == ["b.txt", "a.txt"]
    assert [each.uri for each in read([str(tmp_path / "*.txt")])] == ["a.txt", "b.txt"]
    written(tmp_path, "c/d/e.txt", LEAD)
    assert [each.uri for each in read([str(tmp_path / "c" / "*" / "e.*")])] == ["d/e.txt"]


@pytest.mark.parametrize(
    ("content", "uri"),
    [
        (LEAD, "stdin"),
        (page("Army", f"<p>{LEAD}</p><p>{MORE}</p>"), "stdin"),
        (json.dumps({"text": LEAD}), "stdin#1"),
    ],
)
def test_standard_input_is_told_by_its_beginning(
    monkeypatch: pytest.MonkeyPatch, content: str, uri: str
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(content.encode())))
    document = one("-")
    assert document.uri == uri
    assert LEAD in parts(document, "body")


def test_the_same_text_is_read_once(tmp_path: Path) -> None:
    first = written(tmp_path, "a.txt", f"{LEAD}\r\n")
    found = list(read([first, written(tmp_path, "b.txt", LEAD), first]))
    assert isinstance(found[0], Document)
    assert found[1:] == [
        Skipped("b.txt", "same text as a.txt"),
        Skipped("a.txt", "same text as a.txt"),
    ]


# ----------------------------------------------------------- boilerplate


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_boilerplate_patterns_match_their_examples_only(pattern: Pattern) -> None:
    for example in pattern.examples:
        before, _, after = example.partition("¦")
        if pattern.match == "paragraph":
            assert is_boilerplate(example), example
        else:
            assert trail(before + after) == len(before), example
    for example in pattern.counterexamples:
        assert not is_boilerplate(example), example
        assert trail(example) == len(example), example
        assert dateline(example) == Dateline(), example


@pytest.mark.parametrize("form", datelines().forms, ids=lambda form: form.name)
def test_forms_of_datelines_match_their_examples_only(form: Form) -> None:
    for example in form.examples:
        before, _, after = example.partition("¦")
        assert dateline(before + after).end == len(before), example
        assert datelines().compiled(form).match(before + after), example
    for example in form.counterexamples:
        assert dateline(example) == Dateline(), example


@pytest.mark.parametrize(
    ("written", "publisher", "published"),
    [
        ("GOMA, 27 January 2025 (Example Wire) - ", "Example Wire", date(2025, 1, 27)),
        ("GOMA, Sept. 3, 2025 /Example/ -- ", "Example", date(2025, 9, 3)),
        ("Goma, Congo – 31 June 2025: ", None, None),
        ("GOMA, Jan 27 (Reuters) - ", "Reuters", None),
        ("(Goma, January 27, 2025) – ", None, date(2025, 1, 27)),
    ],
)
def test_a_dateline_tells_agency_and_day(
    written: str, publisher: str | None, published: date | None
) -> None:
    assert dateline(f"{written}Rebels left.") == Dateline(len(written), publisher, published)


# ------------------------------------------------------------- invariants

LINES = st.one_of(
    st.sampled_from([LEAD, MORE, "Talks in Geneva", "Read more: maps", "By Jane Doe", "", "  x"]),
    st.text(alphabet=string.ascii_letters + " .,“”|-—()\t\u00a0é‘", max_size=120),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LINES, min_size=1, max_size=12), st.sampled_from([".txt", ".md"]))
def test_sections_cover_the_text_in_order(tmp_path: Path, lines: list[str], suffix: str) -> None:
    (found,) = read([written(tmp_path, f"a{suffix}", "\n".join(lines))])
    if isinstance(found, Skipped):
        return
    done = 0
    for section in found.sections:
        words = found.text[section.span.start : section.span.end]
        assert done <= section.span.start < section.span.end <= len(found.text)
        assert not found.text[done : section.span.start].strip()
        assert words == words.strip()
        assert "\n" not in words
        done = section.span.end
    assert not found.text[done:].strip()
    assert found.title
    assert "\n" not in found.title


def test_a_text_of_nothing_but_stops_still_has_a_title(tmp_path: Path) -> None:
    assert one(written(tmp_path, "a.txt", "...")).title == "..."


def test_the_samples_are_six_reports_on_three_conflicts() -> None:
    documents = list(read([SAMPLES]))
    assert all(isinstance(each, Document) for each in documents), documents
    assert len({each.uri for each in documents}) == 6
    for document in documents:
        assert isinstance(document, Document)
        assert document.publisher == "Claimgraph Sample Wire"
        assert document.published
        assert len(parts(document, "body")) >= 6
        assert "invented" not in document.text


# ------------------------------------------------- the hostile and the odd

FRENCH = "L'armée soudanaise a annoncé mardi avoir repris le contrôle d'un quartier de Khartoum."
NAMES = (
    "Volodymyr Zelenskyy, Oleksandr Syrskyi, Kyrylo Budanov, Abdel Fattah al-Burhan, Mohamed "
    "Hamdan Dagalo and Paul Kagame met Emmanuel Macron, Recep Tayyip Erdoğan and Xi Jinping."
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        ("\u200b\ufeff\u00ad".encode(), "no text in it"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00" * 50, "binary data, not text"),
        (b"%PDF-1.7 some text that is mostly plain", "binary data, not text"),
        (LEAD.encode("utf-16-le"), "binary data, not text"),
        ("Российские войска продвинулись вблизи города".encode("cp1251"), "wrong encoding"),
        ("Lech Wałęsa said on Sunday that Łódź would help.".encode("cp1250"), "wrong encoding"),
        ("ロシア軍はクルスク州で前進したと発表した。".encode("shift_jis"), "wrong encoding"),
        (b"The army \xff\xfe\x81\x8d\x9d said no \xc3", "wrong encoding"),
        (FRENCH.encode(), "not in English (language `fr`)"),
        (("word " * 1_000_000).encode(), "longer than the limit of 2,000,000 characters"),
        (b"---\ntitle: a: b\n---\nThe army left.", "the front matter is not valid YAML in line 2"),
    ],
)
def test_unreadable_files_are_skipped_with_one_line(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    good = written(tmp_path, "good.txt", LEAD)
    skipped, document = read([written(tmp_path, "bad.txt", content), good])
    assert isinstance(skipped, Skipped)
    assert skipped.uri == "bad.txt"
    assert skipped.reason.startswith(reason)
    assert isinstance(document, Document)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read_when_they_are_certain(tmp_path: Path, encoding: str) -> None:
    text = f"{LEAD} “It’s ours,” the minister’s spokesman said in São Paulo."
    assert one(written(tmp_path, "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize("text", [NAMES, "Goma: M23.", "Boko Haram militants raid five villages."])
def test_names_and_short_texts_are_not_taken_for_another_language(
    tmp_path: Path, text: str
) -> None:
    assert one(written(tmp_path, "a.txt", text)).text == text


def test_paths_that_cannot_be_read_are_skipped(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    (tmp_path / "empty").mkdir()
    found = list(
        read(
            [
                tmp_path / "no.txt",
                loop,
                tmp_path / "empty",
                str(tmp_path / "*.xyz"),
                "a\0b",
                "/dev/null",
            ]
        )
    )
    assert [each.reason for each in found if isinstance(each, Skipped)] == [
        "no such file or directory",
        "too many levels of symbolic links",
        "no report in this folder",
        "no file matches",
        "not a valid file name",
        "not a regular file",
    ]


def test_links_inside_a_folder_do_not_lead_out_of_it(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", MORE)
    written(tmp_path, "in/a.txt", LEAD)
    (tmp_path / "in/link.txt").symlink_to(secret)
    (tmp_path / "in/up").symlink_to(tmp_path)
    found = list(read([tmp_path / "in"]))
    assert [each.uri for each in found] == ["a.txt", "link.txt", "up"]
    assert [type(each) for each in found] == [Document, Skipped, Skipped]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_without_permission_are_skipped(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", LEAD)
    path.chmod(0)
    assert list(read([path])) == [Skipped("a.txt", "permission denied")]


def test_a_file_name_that_is_not_text_stays_on_one_line(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\n\xff\x1b.txt"))
    path.write_text(LEAD)
    assert one(path).uri == "a%0A%FF%1B.txt"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.html", "<html><body>" + "<div>" * 50_000 + LEAD),
        ("flat.html", "<html><body>" + f"<p>{LEAD}</p>" * 5_000),
        ("open.md", "[" * 20_000 + LEAD),
        ("quote.md", ">" * 20_000 + LEAD),
        ("star.md", "*a **b " * 5_000),
        ("bars.txt", "A" + " | " * 90 + "\n" + "a | " * 50_000),
        ("spaces.txt", "A" + " " * 1_000_000 + "B" + '."' * 100_000),
        ("quotes.txt", "By " + "A " * 140 + "!\n" + "(" * 100_000),
    ],
)
def test_hostile_structure_ends_soon_and_in_one_answer(
    tmp_path: Path, name: str, content: str
) -> None:
    assert len(list(read([written(tmp_path, name, content)]))) == 1
