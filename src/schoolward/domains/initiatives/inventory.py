"""The partnership's inventory, goals and known money as shipped data: read and checked, nothing stored.

The files lie in ``data/``. Everything that they say about progress is invented; facts carry a mark and a
source.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
FILES = (
    "inventory_frame.toml",
    "inventory_results.toml",
    "inventory_programmes.toml",
    "inventory_next_steps.toml",
)


class BadInventory(ValueError):
    """The shipped data contradict themselves. The message names the file and the item."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of the inventory, as its file states it."""

    number: int
    key: str
    title: str
    kind: str
    strand: str
    summary: str
    owner: str
    start: date
    objective: str = ""
    due: date | None = None
    first_due: date | None = None
    closed: date | None = None
    part_of: int | None = None
    cadence: str = ""
    meets_every_days: int | None = None
    facts: list[Mapping[str, Any]] = field(default_factory=list)
    milestones: list[Mapping[str, Any]] = field(default_factory=list)
    updates: list[Mapping[str, Any]] = field(default_factory=list)
    blockers: list[Mapping[str, Any]] = field(default_factory=list)
    decisions: list[Mapping[str, Any]] = field(default_factory=list)
    members: list[Mapping[str, Any]] = field(default_factory=list)


def items() -> list[Item]:
    """Every item in order of its number.

    Raises :class:`BadInventory` for an unknown word or a number given twice.
    """
    found: dict[int, Item] = {}
    for name in FILES:
        for raw in _toml(name)["item"]:
            try:
                item = Item(**raw)
            except TypeError as error:
                raise BadInventory(f"{name}, item {raw.get('number')}: {error}") from error
            if item.number in found:
                raise BadInventory(f"{name}: the number {item.number} is given twice")
            found[item.number] = item
    return [found[number] for number in sorted(found)]


def goals() -> list[dict[str, Any]]:
    """The goals with their objectives and measures, in order."""
    listed: list[dict[str, Any]] = _toml("goals.toml")["goal"]
    return listed


def funding() -> list[dict[str, str]]:
    """Awards and running costs that are publicly known, one dictionary a row."""
    with (DATA / "funding_facts.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _toml(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as handle:
        return tomllib.load(handle)
