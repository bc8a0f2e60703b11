"""Points, traces and shapes: ``lat lon alt acc``, parted by semicolons."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from schoolward.protocols.xforms.session.closures import Closures
from schoolward.protocols.xforms.session.environment import Environment, Evaluated
from schoolward.protocols.xforms.session.numbers import NAN, read_number
from schoolward.protocols.xforms.session.values import node_text, to_text

Arguments = list[Any]
Point = tuple[float, float]
EARTH_RADIUS_M = 6_378_100
"""Metres; the sphere that JavaRosa and ODK Web Forms compute with."""


def parse_point(text: str) -> Point | None:
    """Latitude and longitude in degrees, ``None`` where the text is no point."""
    parts = text.split()
    if not 2 <= len(parts) <= 4:
        return None
    latitude, longitude = read_number(parts[0]), read_number(parts[1])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def parse_points(text: str) -> list[Point] | None:
    """The points of a trace or shape, ``None`` where one of them is none."""
    points = [parse_point(part) for part in text.strip().rstrip("; \t\n").split(";")]
    known = [point for point in points if point is not None]
    return known if len(known) == len(points) else None


def area_m2(points: list[Point]) -> float:
    """The area inside a line that is closed from its end to its beginning."""
    total = 0.0
    for (latitude, longitude), (next_latitude, next_longitude) in zip(
        points, [*points[1:], points[0]], strict=True
    ):
        total += math.radians(next_longitude - longitude) * (
            2 + math.sin(math.radians(next_latitude)) + math.sin(math.radians(latitude))
        )
    return abs(total * EARTH_RADIUS_M**2 / 2)


def length_m(points: list[Point]) -> float:
    """The length of a line."""
    return sum(_distance(one, other) for one, other in pairwise(points))


def _distance(one: Point, other: Point) -> float:
    first, second = math.radians(one[0]), math.radians(other[0])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(
        math.radians(one[1] - other[1])
    )
    return math.acos(min(1.0, max(-1.0, cosine))) * EARTH_RADIUS_M


def _given(parts: list[Evaluated], node: Any, env: Environment) -> list[Point] | None:
    texts: list[str] = []
    for part in parts:
        value = part(node, env)
        texts += [node_text(each) for each in value] if isinstance(value, list) else [to_text(value)]
    if len(texts) == 1:
        return parse_points(texts[0])
    points = [parse_point(text) for text in texts]
    known = [point for point in points if point is not None]
    return known if len(known) == len(points) else None


def _measured(measure: Callable[[list[Point]], float], without: float) -> Callable[..., Evaluated]:
    def build(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
        parts = [closures.value(argument, context) for argument in arguments]

        def compute(node: Any, env: Environment) -> float:
            points = _given(parts, node, env)
            if points is None or len(points) < 2:
                return without
            return math.floor(measure(points) * 100 + 0.5) / 100

        return compute

    return build


def _geofence(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    point, shape = (closures.text(argument, context) for argument in arguments)

    def inside(node: Any, env: Environment) -> bool:
        place, line = parse_point(point(node, env)), parse_points(shape(node, env))
        if place is None or line is None or len(line) < 2 or line[0] != line[-1]:
            return False
        return _lies_inside(place, line)

    return inside


def _lies_inside(place: Point, line: list[Point]) -> bool:
    """Whether a ray from the point crosses the line an odd number of times."""
    latitude, longitude = place
    result = False
    for (first, first_longitude), (second, second_longitude) in pairwise(line):
        if (second > latitude) != (first > latitude):
            crossing = (first_longitude - second_longitude) * (latitude - second) / (first - second)
            if longitude < crossing + second_longitude:
                result = not result
    return result


BUILDERS: dict[str, Callable[..., Evaluated]] = {
    "area": _measured(area_m2, 0.0),
    "distance": _measured(length_m, NAN),
    "geofence": _geofence,
}
