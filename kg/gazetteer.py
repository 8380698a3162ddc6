"""The names the system knows before it reads: states, places, bodies, people, weapons.

Two sources make one table. `ontology/entities/` (and the overlays' folder of that name) is
written by hand (see `kg.entity_files`). `ontology/gazetteer/places.tsv.gz` is compiled from
GeoNames and Natural Earth by `scripts/compile_gazetteer.py`; its rows are only turned into entries
when somebody asks for them. An entry of a later file whose id is known already extends it: lists
grow, single values are replaced, and an alias given by hand is never weak unless it says so.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from kg import entity_files
from kg.entity_files import LISTS, EntityFile, Facts, Record, Records
from kg.errors import ResourceError
from kg.model import Level
from kg.resources import ontology_path
from kg.vocab import CLASSES, is_a

Strength = Literal["strong", "weak"]
Gender = Literal["female", "male"]
_THE = re.compile("^[Tt]he ")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʻʼʽ`´ʿʾ", "'") | {"‐": "-", "‑": "-", "–": "-"})
_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th"}
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H"}
)


class Entry(Facts, frozen=True, kw_only=True):
    """A known entity. `id` is the local name of its IRI; other ids name entries of the table.

    `settled` counts the persons in the settlements that the table lists of a region.
    """

    id: str
    type: str
    label: str
    settled: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Label, aliases and weak names, each once."""
        return tuple(dict.fromkeys((self.label, *self.aliases, *self.weak)))


class Name(NamedTuple):
    """A string to look for in text, and what it may mean.

    `strong` names may be tagged before the named entity recogniser looks; `weak` ones are also
    words, given names or surnames ("Reading", "Victoria") and need support from the context.
    """

    text: str
    level: Level
    ids: tuple[str, ...]
    strength: Strength


_KNOWN = 4096  # names
_LINKS = ("country", "within", "side", "seat_of", "affiliation")


def fold(name: str) -> str:
    """`name` without diacritics, with plain apostrophes and hyphens; case is kept."""
    if name.isascii():
        return name.replace("`", "'")
    plain = name.translate(_APOSTROPHES).translate(_UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Gazetteer(Mapping[str, Entry]):
    """All known entities by id, and by name."""

    def __init__(self, entries: Mapping[str, Entry], places: Mapping[str, str]) -> None:
        """`places` maps an id to its row of the compiled table; `entries` win over it."""
        self._entries = dict(entries)
        self._places = places
        self._strong: dict[str, str] = {}
        self._weak: dict[str, str] = {}
        self._adjectives: dict[str, str] = {}
        # News names the same few thousand places and people over and over.
        self._known = lru_cache(maxsize=_KNOWN)(self._find)
        self._index_rows(row for id_, row in places.items() if id_ not in entries)
        for entry in entries.values():
            self._index_entry(entry)

    def __getitem__(self, id_: str) -> Entry:
        entry = self._entries.get(id_)
        if entry is None:
            entry = self._entries[id_] = _parse_row(self._places[id_])
        return entry

    def __contains__(self, id_: object) -> bool:
        return id_ in self._entries or id_ in self._places

    def __iter__(self) -> Iterator[str]:
        yield from self._places
        yield from (id_ for id_ in self._entries if id_ not in self._places)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def candidates(self, name: str) -> tuple[Entry, ...]:
        """Entries called `name`, the most populous first, then by id.

        As names, weak names, adjectives or demonyms. Tried in turn until one is found: the name as
        it is, without diacritics, without "the", in title case when it is all capitals.
        """
        return self._known(name)

    def _find(self, name: str) -> tuple[Entry, ...]:
        for form in _forms(name):
            tables = (self._strong, self._weak, self._adjectives)
            ids = " ".join(filter(None, (table.get(form) for table in tables)))
            if ids:
                return self._ranked(ids)
        return ()

    def names(self) -> Iterator[Name]:
        """Every name to look for, each with all entries that bear it."""
        for text, ids in self._strong.items():
            both = f"{ids} {self._weak.get(text, '')}"
            yield Name(text, "NAM", tuple(dict.fromkeys(both.split())), "strong")
        for text, ids in self._weak.items():
            if text not in self._strong:
                yield Name(text, "NAM", tuple(ids.split()), "weak")
        for text, ids in self._adjectives.items():
            yield Name(text, "ADJ", tuple(ids.split()), "strong")

    def texts(self, strength: Strength) -> Iterator[str]:
        """The texts of the names of one strength, in the order of `names`."""
        if strength == "strong":
            return chain(self._strong, self._adjectives)
        return (text for text in self._weak if text not in self._strong)

    def bearer(self, text: str) -> Entry:
        """The entry of an adjective or a name that `texts` gives: the first that was listed."""
        tables = (self._adjectives, self._strong, self._weak)
        return self[next(table[text] for table in tables if text in table).partition(" ")[0]]

    def _ranked(self, ids: str) -> tuple[Entry, ...]:
        entries = (self[id_] for id_ in dict.fromkeys(ids.split(" ")))
        return tuple(sorted(entries, key=lambda entry: (-(entry.population or 0), entry.id)))

    def _index_rows(self, rows: Iterable[str]) -> None:
        """The hot loop of loading: some 130,000 names, most of them borne by one place."""
        strong, weak = self._strong, self._weak
        for row in rows:
            id_, _, names, _ = row.split("\t", 3)
            for name in names.split("|"):
                if name[0] == "?":
                    name, index = name[1:], weak
                else:
                    index = strong
                known = index.setdefault(name, id_)
                if known is not id_:
                    index[name] = f"{known} {id_}"

    def _index_entry(self, entry: Entry) -> None:
        for form in _with_folds(entry.names):
            _add(self._weak if form in entry.weak else self._strong, form, entry.id)
        for form in _with_folds(entry.adjectives):
            _add(self._adjectives, form, entry.id)


def load(overlays: Sequence[Path] = ()) -> Gazetteer:
    """The shipped table and the `entities/` of each overlay, in the given order.

    Raises `ResourceError` (`file:line`) for a file that does not parse, an unknown key or type, a
    malformed id, a link to an id that does not exist, or an id that two shipped files claim.
    """
    places = dict(_rows())
    entries: dict[str, Entry] = {}
    files = entity_files.read_all(overlays)
    for file in files:
        shipped = file.path.is_relative_to(ontology_path("entities"))
        for type_, id_, record in _listed(file.records):
            problem = _problem(type_, id_, taken=shipped and id_ in entries)
            if problem:
                raise ResourceError(problem, file.where(type_, id_))
            entries[id_] = _extend(_known(id_, type_, entries, places), type_, record)
    for file in files:
        _check_links(entries, places, file)
    return Gazetteer(entries, places)


def _rows() -> Iterator[tuple[str, str]]:
    path = ontology_path("gazetteer", "places.tsv.gz")
    if not path.is_file():
        return
    text = gzip.decompress(path.read_bytes()).decode()
    for row in text.splitlines():
        yield row.partition("\t")[0], row


def _parse_row(row: str) -> Entry:
    """A row: id, type, names (`|` between them, `?` before weak ones), links and numbers."""
    id_, type_, names, country, within, wikidata, geonames, lat, lon, population = row.split("\t")
    marked = names.split("|")
    persons = int(population) if population else None
    plain = tuple(name.removeprefix("?") for name in marked)
    return Entry(
        id=id_,
        type=type_,
        label=plain[0],
        aliases=plain[1:],
        weak=tuple(name[1:] for name in marked if name[0] == "?"),
        country=country or None,
        within=within or None,
        wikidata=wikidata or None,
        geonames=int(geonames) if geonames else None,
        lat=lat or None,
        lon=lon or None,
        population=None if type_ == "Region" else persons,
        settled=persons if type_ == "Region" else None,
    )


def _listed(records: Records) -> Iterator[tuple[str, str, Record]]:
    return (
        (type_, id_, record) for type_, group in records.items() for id_, record in group.items()
    )


def _problem(type_: str, id_: str, *, taken: bool) -> str | None:
    if type_ not in CLASSES or not is_a(type_, "Entity"):
        return f"`{type_}` is not a class of entities"
    if not _ID.fullmatch(id_):
        return f"`{id_}` is not a plain IRI name"
    return f"another shipped file has `{id_}` already" if taken else None


def _known(id_: str, type_: str, entries: Mapping[str, Entry], places: Mapping[str, str]) -> Entry:
    """What earlier files or the table of places say about `id_`."""
    if id_ in entries:
        return entries[id_]
    if id_ in places:
        place = _parse_row(places[id_])
        return replace(place, aliases=(place.label, *place.aliases))
    return Entry(id=id_, type=type_, label=id_.replace("_", " "))


def _extend(entry: Entry, type_: str, record: Record) -> Entry:
    given = {
        name: value for name, value in msgspec.structs.asdict(record).items() if value is not None
    }
    for name in LISTS:
        given[name] = tuple(dict.fromkeys((*getattr(entry, name), *given[name])))
    vouched = set(record.aliases) - set(record.weak)
    given["weak"] = tuple(name for name in given["weak"] if name not in vouched)
    return replace(entry, type=type_, **given)


def _check_links(entries: Mapping[str, Entry], places: Mapping[str, str], file: EntityFile) -> None:
    for type_, id_, record in _listed(file.records):
        for link in _LINKS:
            target = getattr(record, link)
            if target is not None and target not in entries and target not in places:
                where = file.where(type_, id_, link)
                raise ResourceError(f"`{link}` names the unknown entry `{target}`", where)


def _forms(name: str) -> Iterator[str]:
    yield name
    plain = fold(name.strip())
    bare = _THE.sub("", plain)
    yield plain
    yield bare
    if "-" in bare:
        yield bare.replace("-", " ")  # "Five-Star Movement"
    if bare.isupper() and len(bare) > 4:
        yield bare.title()


def _with_folds(names: Sequence[str]) -> Iterable[str]:
    return dict.fromkeys((*names, *map(fold, names)))


def _add(index: dict[str, str], name: str, id_: str) -> None:
    known = index.get(name)
    index[name] = id_ if known is None else f"{known} {id_}"


class _GivenNames(Mapping[str, Gender | None]):
    """By given name, with or without its diacritics."""

    def __init__(self, genders: Mapping[str, Gender | None]) -> None:
        self._genders = genders

    def __getitem__(self, name: str) -> Gender | None:
        return self._genders[fold(name)]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and fold(name) in self._genders

    def __iter__(self) -> Iterator[str]:
        return iter(self._genders)

    def __len__(self) -> int:
        return len(self._genders)


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, Gender | None]:
    """Whether a given name is hers or his, from `gazetteer/given_names.tsv.gz`; None: of either."""
    text = gzip.decompress(ontology_path("gazetteer", "given_names.tsv.gz").read_bytes()).decode()
    rows = (row.split("\t") for row in text.splitlines())
    genders: Mapping[str, Gender] = {"f": "female", "m": "male"}
    return _GivenNames({name: genders.get(gender) for name, gender in rows})
