"""What could be mended on a network, each as something that can be asked of an owner."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schoolward.domains.routes.models import Barrier, BarrierKind, Countermeasure
from schoolward.domains.routes.queries.conditions import METRES

if TYPE_CHECKING:
    from schoolward.analysis.routing import making
    from schoolward.analysis.routing.fixes import Fix
    from schoolward.analysis.routing.mending import Mend
    from schoolward.analysis.routing.snapping import Snapper
    from schoolward.analysis.routing.stress_model import StressModel

_OF_MEND: dict[str, str] = {
    "signal": Countermeasure.SIGNAL,
    "island": Countermeasure.ISLAND,
    "marking": Countermeasure.CROSSWALK,
    "pavement": Countermeasure.SIDEWALK,
}
_OF_BARRIER: dict[str, str] = {
    BarrierKind.CROSSING: Countermeasure.CROSSWALK,
    BarrierKind.SIDEWALK: Countermeasure.SIDEWALK,
    BarrierKind.SIGNAL: Countermeasure.SIGNAL,
    BarrierKind.SPEED: Countermeasure.CALMING,
    BarrierKind.TRAFFIC: Countermeasure.DROP_OFF,
    BarrierKind.LIGHTING: Countermeasure.LIGHTING,
    BarrierKind.SIGHT: Countermeasure.UPKEEP,
    BarrierKind.ACCESS: Countermeasure.RAMP,
    BarrierKind.HAZARD: Countermeasure.UPKEEP,
    BarrierKind.SAFETY: Countermeasure.OTHER,
    BarrierKind.OTHER: Countermeasure.OTHER,
}


@dataclass(frozen=True)
class Mendable:
    """One thing that could be done, and where."""

    countermeasure: str
    where: str
    longitude: float
    latitude: float
    fix: Fix
    barrier: Barrier | None = None

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What it is known by again in another plan, which keeps six digits: one thing within a meter."""
        longitude, latitude = (round(round(degrees, 6), 5) for degrees in (self.longitude, self.latitude))
        return str(self.countermeasure), longitude, latitude


def mendable(
    made: making.StreetNetwork, model: StressModel, snapper: Snapper, barriers: Sequence[Barrier]
) -> list[Mendable]:
    """Signals for crossings of main roads, sidewalks where there is none, and reported barriers gone.

    Args:
        made: the network with the stress that counts, these barriers within it.
        model: the stress model that it was made with.
        snapper: finds the nearest street of this network.
        barriers: the open barriers that the stress knows of.
    """
    from schoolward.analysis.routing.mending import crossing_mends, pavement_mends

    mends = [*crossing_mends(made, model), *pavement_mends(made, model)]
    return [*_without(made, model, snapper, barriers), *(_of(one) for one in mends)]


def _of(mend: Mend) -> Mendable:
    from schoolward.analysis.routing.fixes import Fix

    return Mendable(
        _OF_MEND[mend.what],
        mend.where[:200],
        mend.longitude,
        mend.latitude,
        Fix(mend.what, mend.edges, mend.factor, mend.crossing_m),
    )


def _without(
    made: making.StreetNetwork, model: StressModel, snapper: Snapper, barriers: Sequence[Barrier]
) -> list[Mendable]:
    """Each barrier that meets a street, and that street without it."""
    from schoolward.analysis.routing.fixes import Fix

    if not barriers:
        return []
    met = snapper.snap(
        np.array([one.longitude for one in barriers]),
        np.array([one.latitude for one in barriers]),
        farthest_m=model.barriers_within_m,
    )
    network = made.network
    found = []
    for barrier, edge in zip(barriers, met.edge.tolist(), strict=True):
        if edge < 0:
            continue
        left = max(0.0, float(network.crossing_m[edge]) - METRES[barrier.severity])
        fix = Fix("barrier", np.array([edge], np.int32), network.factor[[edge]], np.array([left]))
        found.append(
            Mendable(
                _OF_BARRIER[barrier.kind],
                barrier.place,
                barrier.longitude,
                barrier.latitude,
                fix,
                barrier,
            )
        )
    return found
