"""The points of a scenario's budget curve, each with what comes in and what goes against the one before."""

from __future__ import annotations

from typing import Any

from schoolward.domains.funding.models import Scenario
from schoolward.domains.funding.telling import points, whole


def points_of(scenario: Scenario) -> list[dict[str, Any]]:
    """The points from nothing to the whole budget; empty where no curve was computed.

    ``enters`` and ``leaves`` are pairs of a reference and what the plan says of it. Points that were kept
    without the names of their works have neither.
    """
    told = scenario.plan.references["candidates"]
    found: list[dict[str, Any]] = []
    before: set[str] | None = set()
    for at, point in enumerate(scenario.frontier or []):
        chosen = set(point["chosen"]) if "chosen" in point else None
        enters = sorted(chosen - before) if chosen is not None and before is not None else []
        leaves = sorted(before - chosen) if chosen is not None and before is not None else []
        found.append(
            {
                **point,
                "at": at,
                "is_plan": point["objective"] is not None,
                "enters": [(name, told[name]) for name in enters],
                "leaves": [(name, told[name]) for name in leaves],
                "is_named": chosen is not None and at > 0,
                "brings": points(point["objective"]),
                "label": f"{point['percent']:g} %, {whole(point['spent'])}",
            }
        )
        before = chosen
    return found


def place_of(asked: str, rows: list[dict[str, Any]]) -> int:
    """Which point is asked for: its place, as an address says it; the last where it says none."""
    return min(int(asked), len(rows) - 1) if asked.isdecimal() and len(asked) < 6 else len(rows) - 1
