"""A small invented network and invented pupils, for tests of plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from schoolward.analysis.routing.saved import save
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import StreetNetwork
from schoolward.domains.routes.seed.plans import invented_network, invented_pupils
from schoolward.platform.access.viewer import Viewer


def network_folder(campuses: Sequence[Campus], folder: Path, *, at: datetime, seed: int = 7) -> Path:
    """A network around these sites, built and saved."""
    folder.mkdir(exist_ok=True)
    save(folder / "network", invented_network(folder, campuses, seed=seed), at=at)
    return folder / "network"


def used_network(campuses: Sequence[Campus], folder: Path, *, by: Viewer, at: datetime) -> StreetNetwork:
    """The same, known to the installation."""
    made = network_folder(campuses, folder / "built", at=at)
    return actions.register_network(folder=made, title="Tried streets", invented=True, by=by, at=at)


def pupils_file(campuses: Sequence[Campus], *, seed: int = 7) -> bytes:
    """A file of invented pupils of these sites."""
    return invented_pupils(campuses, seed=seed)
