"""Values as they are stored: by the type of the node, and among its choices."""

from __future__ import annotations

from collections.abc import Callable

from .moments import date_text, date_time_text, time_text
from .numbers import decimal_text, int_text, read_number


def _point(text: str) -> str:
    parts = text.split()
    if not 2 <= len(parts) <= 4:
        return ""
    numbers = [read_number(part) for part in parts]
    if any(number != number for number in numbers) or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        return ""
    return " ".join([*(decimal_text(part) for part in parts), "0.0", "0.0"][:4])


def _points(fewest: int, *, closed: bool) -> Callable[[str], str]:
    def text_of(text: str) -> str:
        points = [_point(part) for part in text.strip().rstrip("; \t\n").split(";")]
        if len(points) < fewest or not all(points):
            return ""
        if closed and points[0] != points[-1]:
            return ""
        return "; ".join(points)

    return text_of


_BY_TYPE: dict[str, Callable[[str], str]] = {
    "int": int_text,
    "decimal": decimal_text,
    "date": date_text,
    "dateTime": date_time_text,
    "time": time_text,
    "geopoint": _point,
    "geotrace": _points(2, closed=False),
    "geoshape": _points(3, closed=True),
}


def stored_text(text: str, kind: str) -> str:
    """A value by its type; ``""`` where it does not fit."""
    convert = _BY_TYPE.get(kind)
    return text if convert is None or text == "" else convert(text)


def within(text: str, bounds: tuple[float, float]) -> str:
    """A value of a range; ``""`` beyond its ends."""
    low, high = min(bounds), max(bounds)
    return text if low <= read_number(text) <= high else ""


def chosen(text: str, how_many: str, items: list[str]) -> str:
    """What of a stored choice is among the items."""
    if how_many == "one":
        return text if text in items else ""
    offered = set(items)
    return " ".join(value for value in text.split() if value in offered)


def choosing(text: str, how_many: str, items: list[str]) -> str:
    """What is stored when a choice is made: of several in the order of the items, each once."""
    if how_many != "many":
        return chosen(text, how_many, items)
    wanted = set(text.split())
    return " ".join(dict.fromkeys(value for value in items if value in wanted))
