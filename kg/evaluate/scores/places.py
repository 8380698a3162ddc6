"""Resolved places: great-circle error, and what is measured on it (Gritta et al. 2018)."""

from __future__ import annotations

from math import asin, cos, log, pi, radians, sin, sqrt

from kg.evaluate.measure import Row

EARTH_RADIUS_KM = 6371.0
FARTHEST_KM = pi * EARTH_RADIUS_KM
NEAR_KM = 161.0
type Point = tuple[float, float]


def great_circle_km(one: Point, other: Point) -> float:
    """Distance between two (latitude, longitude) pairs in degrees, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def near_row(errors: list[float], gold: int) -> Row:
    """(places within 161 km, gold places)."""
    return (sum(error <= NEAR_KM for error in errors), gold)


def log_error_row(errors: list[float]) -> Row:
    """(sum of ln(1 + error) relative to the greatest possible, resolved places)."""
    return (sum(log(1 + error) for error in errors) / log(1 + FARTHEST_KM), len(errors))


def error_row(errors: list[float]) -> Row:
    """(sum of errors in km, resolved places)."""
    return (sum(errors), len(errors))
