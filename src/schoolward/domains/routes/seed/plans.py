"""The demonstration's network and plans. Streets and pupils are invented; no pupil is written down."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
import tempfile
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils import timezone

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.domains.places.queries import campuses_with_school
from schoolward.domains.routes.actions.networks import register_network
from schoolward.domains.routes.actions.planning import Outcome, plan_ways
from schoolward.domains.routes.models import StreetNetwork as KnownNetwork
from schoolward.domains.routes.seed.invented_streets import draw_streets
from schoolward.platform.demo.registry import SeedContext, seed

if TYPE_CHECKING:
    from schoolward.analysis.routing.making import StreetNetwork

ATTRIBUTION = "Invented streets: no such map exists"
PLANNED_SITES = 6
PUPILS_A_SITE = 260
FIXES_TRIED = 24  # the demonstration is loaded without compiled loops, and each fix is a search
_MEAN_M, _MOST_M = 900.0, 1_900.0


@seed(66, "ways to school on an invented network")
def plans(context: SeedContext) -> str:
    """Invent a network over the sites, and plan the ways of invented pupils to a few schools. Runs once."""
    from schoolward.analysis.routing.saved import save

    if KnownNetwork.objects.exists():
        return "already there"
    placed = campuses_with_school(context.today).filter(longitude__isnull=False).order_by("name", "pk")
    campuses = list(placed)
    if not campuses:
        return "no site has a position"
    with tempfile.TemporaryDirectory(prefix="schoolward-invented-") as folder:
        made = invented_network(Path(folder), campuses, seed=context.random_seed)
        save(Path(folder) / "network", made, at=context.at)
        network = register_network(
            folder=Path(folder) / "network",
            title="Invented streets of the demonstration",
            invented=True,
            by=context.by,
            at=context.at,
        )
    chosen = [one for one in campuses if "elementary" in one.name.lower()][:PLANNED_SITES]
    pupils = invented_pupils(chosen or campuses[:PLANNED_SITES], seed=context.random_seed)
    noon = datetime.combine(context.today, time(12), tzinfo=timezone.get_default_timezone())
    done = plan_ways(pupils=pupils, most_fixes=FIXES_TRIED, invented=True, by=context.by, at=noon)
    return f"{network.edges:,} pieces of street, {done.count(Outcome.PLANNED)} plans, all of it invented"


def invented_network(folder: Path, campuses: Sequence[Any], *, seed: int) -> StreetNetwork:
    """A network of streets that are nowhere, around these sites."""
    from schoolward.analysis.routing.making import make

    file = folder / "invented.osm"
    draw_streets(file, [(one.longitude, one.latitude) for one in campuses], seed=seed)
    made = make(file)
    told = {"attribution": ATTRIBUTION, "license_url": "", "invented": True}
    return dataclasses.replace(made, about=made.about | told)


def invented_pupils(campuses: Sequence[Any], *, seed: int) -> bytes:
    """A file of invented pupils: fewer the farther from the school. It stays in memory."""
    chance = np.random.default_rng(seed)
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(("id", "school", "lon", "lat"))
    for campus in campuses:
        east_m, north_m = (float(one) for one in metres_a_degree(campus.latitude))
        for number in range(PUPILS_A_SITE):
            away = min(float(chance.gamma(2.0, _MEAN_M / 2)), _MOST_M)
            way = float(chance.uniform(0, 2 * math.pi))
            rows.writerow(
                (
                    f"{campus.slug}-{number}",
                    campus.slug,
                    round(campus.longitude + away * math.cos(way) / east_m, 6),
                    round(campus.latitude + away * math.sin(way) / north_m, 6),
                )
            )
    return written.getvalue().encode()
