"""Rule tables of warrants: editions with dates, criteria in them, and what each criterion needs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Quantity(StrEnum):
    """What a criterion may ask for. The words are those of the tables."""

    VEHICLES_PER_HOUR = "vehicles_per_hour"
    TURNING_PER_HOUR = "turning_per_hour"
    PUPILS_PER_HOUR = "pupils_per_hour"
    PUPILS_PER_DAY = "pupils_per_day"
    GAPS_PER_MINUTE = "gaps_per_minute"
    WIDTH_FT = "width_ft"
    NEXT_CONTROLLED_FT = "next_controlled_ft"


HOURLY = frozenset({Quantity.VEHICLES_PER_HOUR, Quantity.TURNING_PER_HOUR, Quantity.PUPILS_PER_HOUR})
_BOUNDS = ("above", "at_least", "below")


class BadTable(ValueError):
    """A rule table cannot be read; the message names the edition, the criterion and the word."""


@dataclass(frozen=True, slots=True)
class Need:
    """One quantity that must lie above, at or above, or below a bound, in so many hours of one day."""

    quantity: Quantity
    bound: str
    value: float
    hours: int = 1


@dataclass(frozen=True, slots=True)
class Criterion:
    """Where a criterion applies, and what it needs there: all of it.

    ``rural`` is ``None`` where the criterion asks for neither; ``least_lanes`` 0 and ``divided`` ``None``
    ask for nothing. ``without_refuge`` asks that there is no island.
    """

    key: str
    title: str
    controls: tuple[str, ...]
    rural: bool | None
    least_lanes: int
    divided: bool | None
    without_refuge: bool
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One published set of warrants, with the days on which it holds.

    ``rural_above_mph``: from this 85th-percentile speed on, a crossing is judged as rural. A pupil walks
    ``walking_ft_s`` feet a second, starts after ``start_s`` seconds, and each further row of a group after
    ``row_s``. ``confirmed``: whether somebody has held the table against the publication.
    """

    key: str
    edition: str
    title: str
    source: str
    confirmed: bool
    valid_from: date
    valid_to: date | None
    rural_above_mph: float
    walking_ft_s: float
    start_s: float
    row_s: float
    criteria: tuple[Criterion, ...]


def read_editions(text: str) -> tuple[Edition, ...]:
    """The editions of a rule table in TOML. Raises :class:`BadTable`.

    Two editions of one key must not hold on one day.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadTable(str(problem)) from None
    found = tuple(_edition(one) for one in _list(table, "edition", "the table"))
    for one in found:
        for other in found:
            if one is not other and one.key == other.key and _overlap(one, other):
                raise BadTable(f"{one.key}: {one.edition} and {other.edition} hold on the same days")
    return found


def edition_on(editions: Sequence[Edition], key: str, day: date) -> Edition | None:
    """The edition of a key that holds on a day, or ``None``."""
    for one in editions:
        if one.key == key and one.valid_from <= day and (one.valid_to is None or day <= one.valid_to):
            return one
    return None


def _overlap(one: Edition, other: Edition) -> bool:
    ends = one.valid_to or date.max, other.valid_to or date.max
    return one.valid_from <= ends[1] and other.valid_from <= ends[0]


def _edition(raw: Mapping[str, Any]) -> Edition:
    where = str(raw.get("key", "an edition without a key"))
    made = Edition(
        key=_want(raw, "key", str, where),
        edition=_want(raw, "edition", str, where),
        title=_want(raw, "title", str, where),
        source=_want(raw, "source", str, where),
        confirmed=_want(raw, "confirmed", bool, where),
        valid_from=_want(raw, "valid_from", date, where),
        valid_to=_want(raw, "valid_to", date, where) if "valid_to" in raw else None,
        rural_above_mph=_number(raw, "rural_above_mph", where),
        walking_ft_s=_number(raw, "walking_ft_s", where),
        start_s=_number(raw, "start_s", where),
        row_s=_number(raw, "row_s", where),
        criteria=tuple(_criterion(one, where) for one in _list(raw, "criterion", where)),
    )
    if made.walking_ft_s <= 0:
        raise BadTable(f"{where}: walking_ft_s must be above 0")
    if made.valid_to is not None and made.valid_to < made.valid_from:
        raise BadTable(f"{where}: valid_to lies before valid_from")
    return made


def _criterion(raw: Mapping[str, Any], edition: str) -> Criterion:
    where = f"{edition}, {raw.get('key', 'a criterion without a key')}"
    controls = tuple(_want(raw, "controls", list, where))
    if not controls or not set(controls) <= {"none", "stop", "signal"}:
        raise BadTable(f"{where}: controls must be some of none, stop, signal")
    return Criterion(
        key=_want(raw, "key", str, where),
        title=_want(raw, "title", str, where),
        controls=controls,
        rural=_want(raw, "rural", bool, where) if "rural" in raw else None,
        least_lanes=int(raw.get("least_lanes", 0)),
        divided=_want(raw, "divided", bool, where) if "divided" in raw else None,
        without_refuge=bool(raw.get("without_refuge", False)),
        needs=tuple(_need(one, where) for one in _list(raw, "needs", where)),
    )


def _need(raw: Mapping[str, Any], where: str) -> Need:
    word = _want(raw, "quantity", str, where)
    if word not in set(Quantity):
        raise BadTable(f"{where}: {word!r} is none of {', '.join(Quantity)}")
    bounds = [bound for bound in _BOUNDS if bound in raw]
    if len(bounds) != 1:
        raise BadTable(f"{where}: {word} needs one of {', '.join(_BOUNDS)}")
    hours = int(raw.get("hours", 1))
    if hours < 1 or (hours > 1 and word not in HOURLY):
        raise BadTable(f"{where}: {word} cannot be asked for in {hours} hours")
    return Need(Quantity(word), bounds[0], _number(raw, bounds[0], where), hours)


def _want(raw: Mapping[str, Any], name: str, kind: type, where: str) -> Any:
    value = raw.get(name)
    if not isinstance(value, kind):
        raise BadTable(f"{where}: {name} is missing or no {kind.__name__}")
    return value


def _number(raw: Mapping[str, Any], name: str, where: str) -> float:
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadTable(f"{where}: {name} is missing or no number")
    return float(value)


def _list(raw: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    value = raw.get(name)
    if not isinstance(value, list) or not value:
        raise BadTable(f"{where}: there is no {name}")
    return value
