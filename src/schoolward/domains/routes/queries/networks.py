"""The networks of streets that the installation knows, ready for routes.

Files of a network never change: they lie under the digest of what they hold. So each is read and checked once
in a process and kept in memory, its arrays mapped.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from schoolward.domains.routes.models import StreetNetwork
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

if TYPE_CHECKING:
    # What routes are found with is imported where it is used: it brings a compiler, and no page needs it.
    from schoolward.analysis.routing import making
    from schoolward.analysis.routing.planning import Laid
    from schoolward.analysis.routing.snapping import Snapper
    from schoolward.analysis.routing.stress_model import StressModel

_IN_MEMORY = 2  # the current one, and one that older plans were made on


def networks(viewer: Viewer) -> QuerySet[StreetNetwork]:
    """The networks that the viewer may see, the newest first."""
    return visible(StreetNetwork.objects.all(), viewer)


def current_network() -> StreetNetwork | None:
    """The network that plans are made on; None where none was registered yet."""
    return StreetNetwork.objects.filter(current=True).first()


def folder_of(digest: str) -> Path:
    """The folder with the files of a network."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(f"not a SHA-256 in hexadecimal: {digest!r}")
    return Path(settings.NETWORKS_DIR) / digest


def streets_of(network: StreetNetwork) -> making.StreetNetwork:
    """A network's arrays: its edges and nodes, what the map says of them, and their names.

    Raises :class:`schoolward.analysis.routing.saved.SavedProblem` where its files are gone or damaged.
    """
    return _streets(network.digest)


def laid(network: StreetNetwork) -> Laid:
    """A network ready for routes, with the stress of a walk by day and no collision or barrier.

    The first call in a process folds it, and compiles the loops where they never were.
    Raises :class:`schoolward.analysis.routing.saved.SavedProblem` as :func:`streets_of`.
    """
    return _laid(network.digest)


def snapper(network: StreetNetwork) -> Snapper:
    """Finds the nearest street of a network to each of some points. Raises as :func:`streets_of`."""
    return _snapper(network.digest)


def model_of(network: StreetNetwork) -> StressModel:
    """The stress model that a network was made with."""
    from schoolward.analysis.routing.stress_model import read_model, stress_model

    return read_model(network.stress_text) if network.stress_text else stress_model(network.stress_version)


@lru_cache(maxsize=_IN_MEMORY)
def _streets(digest: str) -> making.StreetNetwork:
    from schoolward.analysis.routing.saved import load

    return load(folder_of(digest))


@lru_cache(maxsize=_IN_MEMORY)
def _laid(digest: str) -> Laid:
    from schoolward.analysis.routing.planning import Laid

    return Laid.of(_streets(digest).network)


@lru_cache(maxsize=_IN_MEMORY)
def _snapper(digest: str) -> Snapper:
    from schoolward.analysis.routing.snapping import Snapper

    return Snapper(_streets(digest).network)
