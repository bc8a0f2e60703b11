"""What makes streets worse on a morning: collisions of five years and open barriers, laid on a network.

Stated, because somebody may argue with it: pupils are planned for at eight in the morning, by day. A
collision on foot or by bike counts 1 where its position is geocoded or derived from the two streets. A
barrier says how bad it is in words; here each word has its meters.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from schoolward.analysis.school_collisions import five_years_before
from schoolward.domains.routes.models import (
    OPEN_BARRIERS,
    Barrier,
    PositionQuality,
    Severity,
    StreetNetwork,
    TimeOfDay,
)
from schoolward.domains.routes.queries.collisions import ON_FOOT_OR_BICYCLE, counted, last_day
from schoolward.domains.routes.queries.networks import model_of, streets_of

if TYPE_CHECKING:
    from schoolward.analysis.routing import making
    from schoolward.analysis.routing.planning import Laid
    from schoolward.analysis.routing.stress import Barriers, Collisions

MINUTE = 8 * 60
"""When pupils walk, in minutes of the day."""

METRES: dict[str, float] = {
    Severity.URGENT: 120.0,
    Severity.HIGH: 60.0,
    Severity.MEDIUM: 30.0,
    Severity.LOW: 10.0,
}
"""What a barrier adds, as meters of a quiet path; our own reading."""

HOURS: dict[str, tuple[int, int]] = {
    TimeOfDay.ALWAYS: (0, 0),
    TimeOfDay.MORNING: (6 * 60, 10 * 60),
    TimeOfDay.AFTERNOON: (12 * 60, 18 * 60),
    TimeOfDay.DARK: (18 * 60, 7 * 60),
}
"""When it holds, from one minute of the day until before another."""


@dataclass(frozen=True)
class Conditions:
    """What counts on a day: k collisions and the open barriers that hold at :data:`MINUTE`."""

    collisions: Collisions
    barriers: list[Barrier]
    first: date
    last: date

    def barrier_arrays(self) -> Barriers:
        """The barriers as the stress model takes them."""
        from schoolward.analysis.routing.stress import Barriers

        hours = np.array([HOURS[one.time_of_day] for one in self.barriers], dtype=np.int32).reshape(-1, 2)
        return Barriers(
            np.array([one.longitude for one in self.barriers], dtype=np.float64),
            np.array([one.latitude for one in self.barriers], dtype=np.float64),
            np.array([METRES[one.severity] for one in self.barriers], dtype=np.float64),
            hours[:, 0],
            hours[:, 1],
        )


def conditions(on: date) -> Conditions:
    """The collisions of the five years that end with the day or with the records, and the open barriers."""
    from schoolward.analysis.routing.stress import Collisions

    last = last_day(on)
    first = five_years_before(last)
    rows = counted().filter(
        ON_FOOT_OR_BICYCLE, day__range=(first, last), quality__gte=PositionQuality.INTERSECTION
    )
    points = list(rows.order_by("pk").values_list("longitude", "latitude"))
    places = np.array(points, dtype=np.float64).reshape(-1, 2)
    barriers = Barrier.objects.filter(state__in=OPEN_BARRIERS, found_on__lte=on).order_by("pk")
    return Conditions(
        Collisions(places[:, 0], places[:, 1], np.ones(len(places))),
        [one for one in barriers if _holds(one.time_of_day)],
        first,
        last,
    )


def _holds(time_of_day: str) -> bool:
    begins, ends = HOURS[time_of_day]
    if begins == ends:
        return True
    return begins <= MINUTE < ends if begins < ends else not ends <= MINUTE < begins


def streets_under(network: StreetNetwork, found: Conditions) -> making.StreetNetwork:
    """A network with the stress of a morning under these conditions.

    Raises :class:`schoolward.analysis.routing.saved.SavedProblem` where its files are gone or damaged.
    """
    from schoolward.analysis.routing.stress import stress, with_stress

    made = streets_of(network)
    told = stress(
        made.network,
        made.streets,
        model_of(network),
        minute=MINUTE,
        collisions=found.collisions,
        barriers=found.barrier_arrays(),
    )
    return dataclasses.replace(made, network=with_stress(made.network, told))


def laid_under(laid: Laid, made: making.StreetNetwork) -> Laid:
    """The same chains with the stress of `made`."""
    from schoolward.analysis.routing.chains import weigh
    from schoolward.analysis.routing.planning import Laid

    return Laid(made.network, laid.chains, weigh(laid.chains, made.network.stress), laid.length)
