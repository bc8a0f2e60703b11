"""A choice of ways as plain values: what the page, the API and the command line answer alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from schoolward.analysis.routing.direction_words import sentence
from schoolward.analysis.routing.directions import Along, Guard, Guide, Step
from schoolward.analysis.routing.sheds import METRES_A_SECOND
from schoolward.analysis.routing.street_tags import Crossing
from schoolward.analysis.routing.walked import line_of
from schoolward.analysis.routing.ways import Choice, Way

__all__ = ["answer"]

_DIGITS = 6  # of a degree: a tenth of a metre
_HELP = {Crossing.SIGNAL: "signal", Crossing.MARKED: "marked", Crossing.ISLAND: "island"}


def answer(
    choice: Choice, guide: Guide, guards: Sequence[Guard] = (), *, say: Callable[[str], str] = str
) -> dict[str, Any]:
    """The answer to "the safest way from here", as JSON holds it. `say` translates the sentences."""
    return {
        "detour": choice.detour,
        "from_street_m": round(choice.from_street_m, 1),
        "is_shortest": choice.safest.length_m - choice.shortest.length_m < 1,
        "shortest": _way(choice.shortest, guide, guards, say),
        "safest": _way(choice.safest, guide, guards, say),
        "offers": [
            {
                "detour": offer.detour,
                "length_m": round(offer.length_m, 1),
                "minutes": _minutes(offer.length_m),
                "stress": round(offer.stress, 1),
            }
            for offer in choice.offers
        ],
    }


def _way(way: Way, guide: Guide, guards: Sequence[Guard], say: Callable[[str], str]) -> dict[str, Any]:
    line = line_of(guide.made.network, way.pieces).round(_DIGITS).tolist()
    return {
        "length_m": round(way.length_m, 1),
        "minutes": _minutes(way.length_m),
        "stress": round(way.stress, 1),
        "line": {"type": "LineString", "coordinates": line} if line else None,
        "steps": [_step(step, say) for step in guide.steps(way.pieces, guards)],
    }


def _minutes(length_m: float) -> int:
    """Minutes of a child's walk, whole and at least 1."""
    return max(1, round(length_m / METRES_A_SECOND / 60))


def _step(step: Step, say: Callable[[str], str]) -> dict[str, Any]:
    told: dict[str, Any] = {"words": sentence(step, say), "street": step.street}
    if isinstance(step, Along):
        return told | {
            "kind": "along",
            "turn": step.turn.value,
            "length_m": round(step.metres, 1),
            "without_sidewalk_m": step.without_pavement_m,
        }
    return told | {
        "kind": "cross",
        "help": [word for flag, word in _HELP.items() if step.help & flag],
        "guard": step.guard,
        "longitude": round(step.longitude, _DIGITS),
        "latitude": round(step.latitude, _DIGITS),
    }
