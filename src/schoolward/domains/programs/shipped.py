"""The demonstration's programs as shipped data: read here, nothing stored. Facts carry a source; the rest is
marked invented."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def providers() -> list[dict[str, Any]]:
    """Who delivers programs."""
    return _tables("providers.toml", "provider")


def programs() -> list[dict[str, Any]]:
    """The programs that the board paper names, with plans, rules, ratings and places."""
    return _tables("programs.toml", "program")


def offerings() -> list[dict[str, Any]]:
    """What was and is offered where."""
    return _tables("offerings.toml", "offering")


def results() -> list[dict[str, Any]]:
    """Results of instruments."""
    return _tables("offerings.toml", "result")


def volunteers() -> list[dict[str, Any]]:
    """Volunteers by reference, with vettings and where they help."""
    return _tables("offerings.toml", "volunteer")


def proposals() -> list[dict[str, Any]]:
    """Proposals for new programs."""
    return _tables("offerings.toml", "proposal")


def _tables(name: str, table: str) -> list[dict[str, Any]]:
    with (DATA / name).open("rb") as handle:
        listed: list[dict[str, Any]] = tomllib.load(handle)[table]
    return listed
