"""The current network as it is walked on a day: its stress under that day's conditions, ready for questions.

Made once for a network and its conditions and kept in the process, because each question of a parent needs
all of it at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock

from django.core.cache import cache

from schoolward.analysis.routing import making
from schoolward.analysis.routing.corners import Corners
from schoolward.analysis.routing.directions import Guide
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.snapping import Snapper
from schoolward.domains.routes.models import StreetNetwork
from schoolward.domains.routes.queries.conditions import Conditions, conditions, laid_under, streets_under
from schoolward.domains.routes.queries.networks import laid, snapper

_IN_MEMORY = 2
_CONDITIONS_S = 60
"""Barriers and collisions are asked for anew after so many seconds: a look-up need not wait for them."""


@dataclass
class WalkedGround:
    """A network under the conditions of a day."""

    network: StreetNetwork
    made: making.StreetNetwork
    laid: Laid
    version: str
    """Names the network and the conditions; what was made of the same ground is the same."""

    @property
    def snapper(self) -> Snapper:
        """Finds the nearest street."""
        return snapper(self.network)

    @cached_property
    def guide(self) -> Guide:
        """Tells ways in steps."""
        return Guide(self.made)

    @cached_property
    def corners(self) -> Corners:
        """Finds corners by the names of streets."""
        return Corners(self.made)


def ground_on(network: StreetNetwork, day: date) -> WalkedGround:
    """A network as it is walked on a day.

    Raises :class:`schoolward.analysis.routing.saved.SavedProblem` where its files are gone or damaged.
    """
    key = f"routes.conditions.{day.isoformat()}"
    found: Conditions | None = cache.get(key)
    if found is None:
        found = conditions(day)
        cache.set(key, found, _CONDITIONS_S)
    version = _version(network, found)
    with _LOCK:
        if version not in _GROUNDS:
            while len(_GROUNDS) >= _IN_MEMORY:
                _GROUNDS.pop(next(iter(_GROUNDS)))
            made = streets_under(network, found)
            _GROUNDS[version] = WalkedGround(network, made, laid_under(laid(network), made), version)
        return _GROUNDS[version]


_GROUNDS: dict[str, WalkedGround] = {}
_LOCK = Lock()


def _version(network: StreetNetwork, found: Conditions) -> str:
    told = hashlib.sha256(network.digest.encode())
    barriers = found.barrier_arrays()
    for array in (
        found.collisions.longitude,
        found.collisions.latitude,
        barriers.longitude,
        barriers.latitude,
        barriers.metres,
    ):
        told.update(array.tobytes())
    return told.hexdigest()[:32]
