"""The files that list entities by hand: `entities/*.yml` and, for tables, `entities/*.csv`.

A YAML file is type -> id -> attributes. A CSV file has a row for each entity, `id` and `type` and
any of the attributes in its first row; several names in one cell are parted by `|`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import ResourceError
from kg.resources import load_yaml, read_file, read_yaml, resource_files

LISTS = ("aliases", "adjectives", "weak")
_NAMES = "|"


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an entity besides its id, class and label.

    `lat`/`lon` are canonical decimal strings (WGS 84 degrees), `population` counts persons.
    `within` is the smallest known container and `country` the state around it; `side` the state or
    group it acts for; `seat_of` whom its name stands for by metonymy (Moscow -> Russia);
    `affiliation` the body it belongs to. `weak` lists the names that also mean something else.
    """

    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    wikidata: str | None = None
    geonames: int | None = None
    lat: str | None = None
    lon: str | None = None
    population: int | None = None
    country: str | None = None
    within: str | None = None
    side: str | None = None
    seat_of: str | None = None
    affiliation: str | None = None
    iso2: str | None = None
    iso3: str | None = None


class Record(Facts, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a file tells of one entity; the label is by default its id with spaces."""

    label: str | None = None


Records = dict[str, dict[str, Record]]
_NUMBERS = ("geonames", "population")
_COLUMNS = ("id", "type", *Record.__struct_fields__)


@dataclass(frozen=True, slots=True)
class EntityFile:
    """A file with its records; `where` gives `file:line` of a type, an id and an attribute."""

    path: Path
    records: Records
    where: Callable[..., str]


def read_all(overlays: Sequence[Path]) -> tuple[EntityFile, ...]:
    """The shipped files, then those of each overlay in the given order.

    Raises `ResourceError` (`file:line`) for what does not parse and for an unknown key.
    """
    paths = resource_files("entities", "*.*", overlays)
    readers = {".yml": _yaml, ".csv": _table}
    return tuple(readers[path.suffix](path) for path in paths if path.suffix in readers)


def _yaml(path: Path) -> EntityFile:
    # Only the records are kept: the nodes of all files together would cost more than the rest.
    records = load_yaml(path, Records)
    return EntityFile(path, records, lambda *keys: read_yaml(path).where(*keys))


def _table(path: Path) -> EntityFile:
    records: Records = {}
    lines: dict[str, int] = {}
    for line, row in _rows(path):
        where = f"{path}:{line}"
        id_, type_ = (row.pop(name, "") for name in ("id", "type"))
        if not id_ or not type_:
            raise ResourceError("a row needs an `id` and a `type`", where)
        if id_ in lines:
            raise ResourceError(f"`{id_}` is given twice", where)
        lines[id_] = line
        records.setdefault(type_, {})[id_] = _record(row, where)
    return EntityFile(path, records, lambda _type, id_, *_keys: f"{path}:{lines[id_]}")


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The filled cells of each row by column, with the line on which the row ends."""
    reader = csv.reader(
        io.StringIO(read_file(path).removeprefix("\ufeff"), newline=""), strict=True
    )
    try:
        columns = [name.strip() for name in next(reader, [])]
        for name in columns:
            if name not in _COLUMNS or columns.count(name) > 1:
                raise ResourceError(f"the column `{name}` is unknown or given twice", f"{path}:1")
        for cells in reader:
            if len(cells) > len(columns):
                raise ResourceError(
                    "has more cells than there are columns", f"{path}:{reader.line_num}"
                )
            row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
            if any(row.values()):
                yield reader.line_num, {name: cell for name, cell in row.items() if cell}
    except csv.Error as error:
        raise ResourceError(str(error), f"{path}:{reader.line_num}") from error


def _record(row: Mapping[str, str], where: str) -> Record:
    plain: dict[str, object] = {}
    for name, cell in row.items():
        if name in LISTS:
            plain[name] = [each.strip() for each in cell.split(_NAMES) if each.strip()]
        elif name in _NUMBERS:
            if not cell.isdecimal():
                raise ResourceError(f"`{name}` must be a whole number", where)
            plain[name] = int(cell)
        else:
            plain[name] = cell
    return msgspec.convert(plain, Record)
