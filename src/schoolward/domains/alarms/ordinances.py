"""The ordinances that this installation knows: one file each, and which one holds where by jurisdiction."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from schoolward.analysis.alarm_fees import Ordinance, read_ordinance

_DATA = Path(__file__).parent / "data"
_FOLDER = _DATA / "ordinances"
#: Which ordinance holds on a ground of a jurisdiction, from which day on. A permit's own goes before it.
_BY_JURISDICTION = _DATA / "ordinances_by_jurisdiction.csv"


class UnknownOrdinance(LookupError):
    """There is no file of this ordinance."""


@dataclass(frozen=True, slots=True)
class _Default:
    jurisdiction: str
    valid_from: date
    ordinance: str


@lru_cache(maxsize=1)
def ordinance_keys() -> tuple[str, ...]:
    """The ordinances by name, in order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


@lru_cache(maxsize=64)
def ordinance(key: str) -> Ordinance:
    """An ordinance by its name. Raises :class:`UnknownOrdinance`."""
    if key not in ordinance_keys():
        raise UnknownOrdinance(key)
    return read_ordinance((_FOLDER / f"{key}.json").read_bytes())


def title_of(key: str) -> str:
    """An ordinance's title, as long as its file is there; else its name."""
    return ordinance(key).title if key in ordinance_keys() else key


def ordinance_of(jurisdiction: str, on: date) -> str:
    """The ordinance of a jurisdiction on a day; ``""`` where none is known."""
    held = [one for one in _defaults() if one.jurisdiction == jurisdiction and one.valid_from <= on]
    return max(held, key=lambda one: one.valid_from).ordinance if held else ""


@lru_cache(maxsize=1)
def _defaults() -> tuple[_Default, ...]:
    with _BY_JURISDICTION.open(encoding="utf-8", newline="") as handle:
        return tuple(
            _Default(row["jurisdiction"], date.fromisoformat(row["valid_from"]), row["ordinance"])
            for row in csv.DictReader(handle)
        )
