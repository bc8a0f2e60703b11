"""A school in a small town whose network is registered. All of it is invented."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from schoolward.analysis.routing.making import make
from schoolward.analysis.routing.saved import save
from schoolward.domains.places.models import Campus
from schoolward.domains.places.queries import campus_for_cds
from schoolward.domains.routes.models import StreetNetwork
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run
from unit.analysis.routing.drawn import Map, position


def drawn_town() -> Map:
    """Oak Street goes east from (0, 0) to the school at (400, 0), over Main Street. Elm Street runs north of
    it and has a signal there. Bare Road in the south has fast traffic and no sidewalk.
    """
    town = Map()
    for north, name in ((0, "Oak Street"), (60, "Elm Street")):
        town.way((0, north), (200, north), (400, north), highway="residential", name=name, sidewalk="both")
    town.way((0, 0), (0, 60), highway="residential", name="West Avenue", sidewalk="no")
    town.way((400, -300), (400, 0), (400, 60), highway="residential", name="East Avenue", sidewalk="both")
    town.way(
        (200, -300), (200, 0), (200, 60), (200, 400),
        highway="primary", name="Main Street", maxspeed="40 mph", lanes="4", sidewalk="both",
    )  # fmt: skip
    town.way((200, -300), (400, -300), highway="primary", name="Bare Road", maxspeed="45 mph", sidewalk="no")
    town.node(200, 60, highway="crossing", crossing="traffic_signals")
    return town


@pytest.fixture
def network(db: None, at: datetime, tmp_path: Path) -> StreetNetwork:
    """The town's network, the current one."""
    cache.clear()
    made = make(drawn_town().write(tmp_path / "town.osm"))
    described = save(tmp_path / "network", made, at=at)
    digest = hashlib.sha256("".join(described["files"].values()).encode()).hexdigest()
    save(Path(settings.NETWORKS_DIR) / digest, made, at=at)
    return StreetNetwork.objects.create(
        key="town",
        title="Invented town",
        digest=digest,
        source="town.osm",
        attribution="Invented streets",
        made_at=at,
        registered_at=at,
        nodes=len(made.network.node_ids),
        edges=len(made.network.ends),
        length_m=float(made.network.length_m.sum()),
        stress_version=made.about["stress_model"]["version"],
        current=True,
        invented=True,
    )


@pytest.fixture
def school(network: StreetNetwork, by: Viewer, at: datetime) -> Campus:
    """A site with a school, at the east end of Oak Street."""
    longitude, latitude = position(398, -3)
    table = (
        "cds_code,name,kind,level,charter,address,lat,lon,opened,closed\n"
        f"34670000000001,Acorn,Elementary,K-6,N,1 Oak Street,{latitude:.6f},{longitude:.6f},1980-07-01,\n"
    )
    run("schools", io.BytesIO(table.encode()), by=by, at=at)
    campus = campus_for_cds("34670000000001")
    assert campus is not None
    return campus
