"""PDF and feeds: the same reports in the formats that ministries and agencies send them in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ingest import read
from kg.model import Document, Skipped
from tests.test_ingest import LEAD, MORE, one, parts, written

type Row = tuple[int, int, int, str]
"""Left, baseline and size in points, and the words of a line."""


def pdf(*pages: Sequence[Row], trailer: str = "") -> bytes:
    """A PDF of lines of Helvetica, each where it is told to be."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, rows in enumerate(pages):
        shown = "\n".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in rows)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>",
            f"<< /Length {len(shown)} >> stream\n{shown}\nendstream",
        ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(out.tell())
        out.write(f"{number} 0 obj {body} endobj\n".encode("cp1252"))
    table = out.tell()
    entries = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    out.write(f"xref\n0 {size}\n0000000000 65535 f \n{entries}".encode())
    out.write(f"trailer << /Size {size} /Root 1 0 R {trailer} >>\n".encode())
    out.write(f"startxref\n{table}\n%%EOF".encode())
    return out.getvalue()


def lines(top: int, *texts: str, left: int = 40, size: int = 10) -> list[Row]:
    return [(left, top - 12 * number, size, text) for number, text in enumerate(texts)]


LEAD_LINES = ("The army said on Sunday that it had retaken the", "bridge over the river.")
MORE_LINES = (
    "Rebels denied that the town had fallen, and a",
    "spokesman called the claim a lie.",
)


def test_the_room_between_lines_tells_the_paragraphs_of_a_pdf(tmp_path: Path) -> None:
    rows = [
        *lines(760, "Army retakes bridge", size=20),
        *lines(720, *LEAD_LINES),
        *lines(686, *MORE_LINES),
        *lines(650, "Talks", size=14),
        *lines(630, *MORE_LINES),
    ]
    document = one(written(tmp_path, "a.pdf", pdf(rows)))
    assert document.title == "Army retakes bridge"
    assert parts(document, "heading") == ["Talks"]
    assert parts(document, "body") == [LEAD, MORE, MORE]


def test_columns_and_pages_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [*lines(700, *LEAD_LINES), *lines(666, MORE_LINES[0])]
    right = [*lines(700, MORE_LINES[1], left=320), *lines(676, *LEAD_LINES, left=320)]
    document = one(written(tmp_path, "a.pdf", pdf([*left, *right], lines(700, *MORE_LINES))))
    assert parts(document, "body") == [LEAD, MORE, LEAD, MORE]


def test_indents_tell_paragraphs_without_room(tmp_path: Path) -> None:
    rows = [
        (52, 700, 10, LEAD_LINES[0]),
        (40, 688, 10, LEAD_LINES[1]),
        (52, 676, 10, MORE_LINES[0]),
        (40, 664, 10, MORE_LINES[1]),
    ]
    assert parts(one(written(tmp_path, "a.pdf", pdf(rows))), "body") == [LEAD, MORE]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again(tmp_path: Path) -> None:
    rows = lines(
        700,
        "Long-range rockets hit the bridge, the spokes-",
        "woman said. The long-",
        "range rockets came from the north, she added.",
    )
    (body,) = parts(one(written(tmp_path, "a.pdf", pdf(rows))), "body")
    assert body == (
        "Long-range rockets hit the bridge, the spokeswoman said. The long-range rockets came "
        "from the north, she added."
    )


def test_running_heads_and_page_numbers_are_no_text(tmp_path: Path) -> None:
    pages = [
        [(40, 780, 8, "Example Wire, No. 7"), *lines(700, *LEAD_LINES), (300, 20, 8, f"{number}")]
        for number in (1, 2, 3)
    ]
    assert set(parts(one(written(tmp_path, "a.pdf", pdf(*pages))), "body")) == {LEAD}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([]), "no text in the PDF; is it a scan?"),
        (b"%PDF-1.4 and no more", "the PDF cannot be parsed"),
        (
            pdf(lines(700, LEAD), trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 "
                f"/O <{'00' * 32}> /U <{'00' * 32}> >> /ID [<00> <00>]"),
            "the PDF is locked by a password",
        ),
        (b"%PDF-1.4\n" + b" " * 64_000_000, "larger than the limit of 64,000,000 bytes"),
    ],
    ids=["scan", "damaged", "locked", "huge"],
)  # fmt: skip
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    assert list(read([written(tmp_path, "a.pdf", content)])) == [Skipped("a.pdf", reason)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.integers(0, 900), junk=st.binary(max_size=40))
def test_no_damage_to_a_pdf_raises(tmp_path: Path, cut: int, junk: bytes) -> None:
    whole = pdf(lines(700, *LEAD_LINES))
    (found,) = read([written(tmp_path, "a.pdf", whole[:cut] + junk + whole[cut + len(junk) :])])
    assert isinstance(found, Document | Skipped)


def test_a_pdf_without_its_suffix_is_told_by_how_it_begins(tmp_path: Path) -> None:
    assert parts(one(written(tmp_path, "a", pdf(lines(700, *LEAD_LINES)))), "body") == [LEAD]


# ----------------------------------------------------------------- feeds

RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Example Wire</title>
<item><title>Army retakes bridge &amp;amp; town</title><link>https://example.org/a</link>
<description>&lt;p&gt;{LEAD}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;{MORE}&lt;/p&gt;
</description><pubDate>Sat, 23 Nov 2024 23:30:00 -0500</pubDate></item>
<item><description>{MORE}</description><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Wire</title>
<entry><title>Army retakes bridge</title><link href="https://example.org/a"/>
<summary>Army retakes bridge.</summary><updated>2024-11-23T23:30:00-05:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LEAD}</p><p>{MORE}</p></div>
</content></entry></feed>"""


def test_each_entry_of_a_feed_is_a_report(tmp_path: Path) -> None:
    first, second = read([written(tmp_path, "wire.rss", RSS)])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.uri, first.title) == ("https://example.org/a", "Army retakes bridge & town")
    assert (first.published, first.publisher) == (date(2024, 11, 23), "Example Wire")
    assert parts(first, "title") == ["Army retakes bridge & town"]
    assert parts(first, "body") == [LEAD, MORE]
    assert (second.uri, second.published) == ("wire.rss#2", None)


def test_the_longest_text_of_an_atom_entry_is_taken(tmp_path: Path) -> None:
    document = one(written(tmp_path, "feed.xml", ATOM))
    assert (document.published, document.publisher) == (date(2024, 11, 23), "Example Wire")
    assert parts(document, "body") == [LEAD, MORE]


@pytest.mark.parametrize(
    "content",
    [
        "<rss><channel><title>Empty</title></channel></rss>",
        "https://example.org/feed",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel>&a;</channel></rss>',
    ],
)
def test_what_is_no_feed_is_skipped(tmp_path: Path, content: str) -> None:
    assert list(read([written(tmp_path, "a.rss", content)])) == [
        Skipped("a.rss", "no entries; is it an RSS or Atom feed?")
    ]


def test_a_feed_reads_no_file_and_expands_no_bomb(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", "the launch code is seven")
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 20}">' for n in range(9))
    doctype = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY e0 "ha">{entities}]>'
    item = f"<item><description>{LEAD} &s; &e9;</description></item>"
    feed = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>{item}</channel></rss>'
    for found in read([written(tmp_path, "a.rss", feed)]):
        assert "launch code" not in getattr(found, "text", "")
        assert len(getattr(found, "text", "")) < 1000
