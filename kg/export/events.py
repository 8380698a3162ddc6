"""Events for people who count and map them: an ACLED-like table and GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from kg.export.tables import csv_row
from kg.graph.names import kg
from kg.graph.occurrences import Occurrence, Place, local, occurrences
from kg.graph.ontology import ontology_quads
from kg.rdf import Quad
from kg.vocab import superclasses

_TIME_PRECISION = {"day": 1, "days": 2, "week": 2}
_SUBJECTS, _OBJECTS = ("agent", "coAgent"), ("target", "recipient", "theme", "coAgent")
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type",
    "actor1", "actor2", "admin1", "location", "latitude", "longitude", "geo_precision", "source",
    "notes", "figures", "claim_type", "label", "factuality", "realis", "attributed_to", "report",
    "title", "reported",
)  # fmt: skip
"""The columns: those of ACLED's codebook as far as a report fills them, then our own."""


def events_csv(quads: Iterable[Quad]) -> Iterator[str]:
    """A row for each event and place, with ACLED's names of columns and of event types.

    `time_precision` is 1 for a day, 2 for a week, 3 for less; without a time the day of the report
    stands for that of the event. `geo_precision` is 1 for a town and smaller, 2 for a part of a
    country, 3 for a country. ACLED lists what happened: rows whose `realis` is not `true` are not
    events in its sense.
    """
    yield csv_row(COLUMNS)
    for event in occurrences(quads):
        for place in event.places or (None,):
            yield csv_row(_row(event, place))


def geojson(quads: Iterable[Quad]) -> Iterator[str]:
    """A GeoJSON feature (RFC 7946) for each event and place that has a point."""
    yield '{"type": "FeatureCollection", "features": ['
    separator = "\n"
    for event in occurrences(quads):
        for place in event.places:
            if place.lon:
                yield separator + json.dumps(_feature(event, place), ensure_ascii=False)
                separator = ",\n"
    yield "\n]}\n"


def _row(event: Occurrence, place: Place | None) -> Iterator[object]:
    kind, _, sub = _acled(event.type).partition(" > ")
    day = event.earliest or event.reported
    yield from (event.id, day, day[:4])
    yield _TIME_PRECISION.get(event.precision, 3) if event.earliest else 3
    yield from (kind, sub, *(_names(event, roles) for roles in (_SUBJECTS, _OBJECTS)))
    if place is None:
        yield from ("",) * 5
    else:
        yield from (place.within, place.label)
        yield from (Decimal(place.lat), Decimal(place.lon)) if place.lon else ("", "")
        yield _geo_precision(place)
    yield from (event.publisher, event.sentence, "; ".join(event.figures), event.type, event.label)
    yield from (event.factuality, str(event.realis).lower(), "; ".join(event.sources))
    yield from (event.report, event.title, event.reported)


def _names(event: Occurrence, roles: tuple[str, ...]) -> str:
    found = next((event.roles[role] for role in roles if role in event.roles), ())
    return "; ".join(found)


def _geo_precision(place: Place) -> int:
    if place.type in ("Country", "GroupOfStates"):
        return 3
    return 2 if place.type in ("Region", "Area", "BodyOfWater", "GeographicFeature") else 1


def _feature(event: Occurrence, place: Place) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [float(place.lon), float(place.lat)]},
        "properties": {
            "id": event.id,
            "type": event.type,
            "label": event.label,
            "place": place.label,
            "earliest": event.earliest or None,
            "latest": event.latest or None,
            "reported": event.reported or None,
            "factuality": event.factuality,
            "realis": event.realis,
            "sources": event.sources,
            "figures": event.figures,
            "sentence": event.sentence,
            "report": event.report,
            "publisher": event.publisher or None,
        },
    }


def _acled(kind: str) -> str:
    """ACLED's event and sub-event type for a class; that of the nearest class above if need be."""
    codes = _codes()
    above = superclasses(kind) if kind else ()
    return next((codes[name] for name in (kind, *above) if name in codes), "")


@cache
def _codes() -> dict[str, str]:
    acled = kg("acled")
    return {
        local(quad.subject): local(quad.object)
        for quad in ontology_quads()
        if quad.predicate == acled
    }
