"""The stress model as data: `data/stress-*.toml`, read, checked and never changed once published.

A change of a number is a new file with a new version, so that a plan made by an older one can be made again.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from schoolward.analysis.routing.street_tags import Crossing, Pavement, Street

NEWEST = "1"


class ModelProblem(ValueError):
    """A stress model lacks a row or a number, or has one that cannot be; the text names the row."""


@dataclass(frozen=True)
class StreetRow:
    """What walking along and across one kind of street costs, and what is assumed where the map is silent."""

    traffic: float
    crossing: float
    speed_kmh: float
    lanes: float
    pavement: Pavement
    lit: bool
    source: str


@dataclass(frozen=True)
class SpeedRow:
    """Up to a speed, how much worse than at 50 km/h."""

    up_to_kmh: float
    times: float
    source: str


@dataclass(frozen=True)
class StressModel:
    """Every number of one version; see the comments of the file for the two formulas."""

    version: str
    sha256: str  # of the file's text
    valid_from: date
    sources: Mapping[str, str]
    street: Mapping[Street, StreetRow]
    pavement: Mapping[Pavement, float]
    speed: tuple[SpeedRow, ...]
    lanes_each: float
    lanes_least: float
    lanes_most: float
    treatment: Mapping[Crossing, float]
    marked_lanes_at_most: float
    alone_as: Street
    unlit_by_day: float
    unlit_in_the_dark: float
    steps: float
    tunnel: float
    collisions_within_m: float
    collisions_each: float
    collisions_at_most: float
    barriers_within_m: float
    row_sources: Mapping[str, str]  # `table.row` and where its number comes from


@cache
def stress_model(version: str = NEWEST) -> StressModel:
    """The model of a version that is shipped with the program.

    Raises :class:`ModelProblem` where there is none of that version.
    """
    return read_model(model_text(version))


def model_text(version: str = NEWEST) -> str:
    """The file of a shipped model, as it is. Raises :class:`ModelProblem` where there is none."""
    file = resources.files(__package__).joinpath("data", f"stress-{version}.toml")
    if not version.isalnum() or not file.is_file():
        raise ModelProblem(f"there is no stress model of version {version!r}; the newest is {NEWEST!r}")
    return file.read_text(encoding="utf-8")


def read_model(text: str) -> StressModel:
    """Read and check a model. Raises :class:`ModelProblem`, which names the row and what is wrong with it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ModelProblem(f"the stress model is no TOML: {error}") from None
    take = _Taking(tables)
    street = {
        kind: StreetRow(
            traffic=take.number("street", kind.name.lower(), "traffic"),
            crossing=take.number("street", kind.name.lower(), "crossing"),
            speed_kmh=take.number("street", kind.name.lower(), "speed_kmh"),
            lanes=take.number("street", kind.name.lower(), "lanes"),
            pavement=take.one_of(Pavement, "street", kind.name.lower(), "pavement"),
            lit=bool(take.row("street", kind.name.lower()).get("lit", False)),
            source=take.source("street", kind.name.lower()),
        )
        for kind in Street
    }
    speed = tuple(
        SpeedRow(
            take.of(row, "up_to_kmh", "speed"), take.of(row, "times", "speed"), str(row.get("source", ""))
        )
        for row in tables.get("speed", ())
    )
    if not speed or [row.up_to_kmh for row in speed] != sorted({row.up_to_kmh for row in speed}):
        raise ModelProblem("speed: the rows must go from slow to fast, each once")
    return StressModel(
        version=str(take.needed("version")),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        valid_from=take.needed("valid_from"),
        sources=take.needed("sources"),
        street=street,
        pavement={
            kind: take.number("pavement", kind.name.lower(), "times")
            for kind in Pavement
            if kind is not Pavement.UNKNOWN
        },
        speed=speed,
        lanes_each=take.number("lanes", "each"),
        lanes_least=take.number("lanes", "least"),
        lanes_most=take.number("lanes", "most"),
        treatment={
            kind: take.number("treatment", str(kind.name).lower(), "times")
            for kind in (Crossing.SIGNAL, Crossing.MARKED, Crossing.ISLAND, Crossing.UNMARKED)
        },
        marked_lanes_at_most=take.number("treatment", "marked", "lanes_at_most"),
        alone_as=take.one_of(Street, "alone", "street"),
        unlit_by_day=take.number("unlit", "adds_by_day"),
        unlit_in_the_dark=take.number("unlit", "adds_in_the_dark"),
        steps=take.number("steps", "adds"),
        tunnel=take.number("tunnel", "adds"),
        collisions_within_m=take.number("collisions", "within_m"),
        collisions_each=take.number("collisions", "adds_each"),
        collisions_at_most=take.number("collisions", "adds_at_most"),
        barriers_within_m=take.number("barriers", "within_m"),
        row_sources=dict(take.sources()),
    )


class _Taking:
    """Takes numbers out of the tables of a file, and says which is missing."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = tables

    def needed(self, key: str) -> Any:
        if key not in self._tables:
            raise ModelProblem(f"{key}: is missing")
        return self._tables[key]

    def row(self, *path: str) -> Mapping[str, Any]:
        found: Any = self._tables
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        if not isinstance(found, Mapping):
            raise ModelProblem(f"{'.'.join(path)}: the row is missing")
        return found

    def number(self, *path: str) -> float:
        return self.of(self.row(*path[:-1]), path[-1], ".".join(path[:-1]))

    def of(self, row: Mapping[str, Any], key: str, name: str) -> float:
        value = row.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10_000:
            raise ModelProblem(f"{name}: {key} must be a number of 0 or more, and is {value!r}")
        return float(value)

    def one_of(self, kinds: Any, *path: str) -> Any:
        value = self.row(*path[:-1]).get(path[-1])
        known = {kind.name.lower(): kind for kind in kinds if kind}
        if value not in known:
            raise ModelProblem(f"{'.'.join(path)}: {value!r} is none of {', '.join(known)}")
        return known[value]

    def source(self, *path: str) -> str:
        source = self.row(*path).get("source")
        if not isinstance(source, str) or not source:
            raise ModelProblem(f"{'.'.join(path)}: source is missing; a number without one is not taken")
        return source

    def sources(self) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = []
        for table in ("street", "pavement", "treatment"):
            rows += [(f"{table}.{key}", self.source(table, key)) for key in self.row(table)]
        for table in ("lanes", "alone", "unlit", "steps", "tunnel", "collisions", "barriers"):
            rows.append((table, self.source(table)))
        for row in self._tables["speed"]:
            if not row.get("source"):
                raise ModelProblem(f"speed up to {row.get('up_to_kmh')}: source is missing")
            rows.append((f"speed.{row['up_to_kmh']}", row["source"]))
        return rows
