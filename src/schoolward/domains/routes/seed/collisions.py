"""Invented collisions near the demonstration's schools, marked so on every page; none of them is real."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, time, timedelta

import numpy as np

from schoolward.domains.places import queries as places
from schoolward.domains.routes.actions.collisions import put_collisions
from schoolward.platform.demo.registry import SeedContext, seed
from schoolward.protocols.collisions import Collision, Hurt, Quality, Severity

_FIRST_YEAR = 2002
_A_YEAR_AND_SITE = 0.5
_METRES_A_DEGREE = 111_195.0
_SEVERITIES = (Severity.FATAL, Severity.SERIOUS, Severity.VISIBLE, Severity.PAIN)
_SHARES = (0.02, 0.1, 0.45, 0.43)
_QUALITIES = (Quality.GEOCODED, Quality.INTERSECTION, Quality.REPORTED)
_QUALITY_SHARES = (0.8, 0.12, 0.08)


@seed(64, "collisions near schools")
def collisions(context: SeedContext) -> str:
    """Invent collisions of ten years: about one in two years on foot or by bike near each site."""
    made = put_collisions(list(_invented(context)), by=context.by, at=context.at, invented=True)
    return f"{made.created:,} collisions on foot or by bike, all of them invented"


def _invented(context: SeedContext) -> Iterator[Collision]:
    random = np.random.default_rng(context.random_seed)
    last = context.today - timedelta(days=30)
    days = (last - date(_FIRST_YEAR, 1, 1)).days
    number = 0
    for campus in places.campuses_with_school(context.today).filter(longitude__isnull=False).order_by("slug"):
        assert campus.longitude is not None  # noqa: S101 - filtered above
        assert campus.latitude is not None  # noqa: S101
        for _ in range(int(random.poisson(_A_YEAR_AND_SITE * days / 365))):
            number += 1
            way, away = float(random.uniform(0, 2 * math.pi)), 500 * math.sqrt(float(random.uniform()))
            latitude = campus.latitude + away * math.sin(way) / _METRES_A_DEGREE
            east = _METRES_A_DEGREE * math.cos(math.radians(campus.latitude))
            severity = _SEVERITIES[int(random.choice(4, p=_SHARES))]
            bicycle = bool(random.uniform() < 0.35)
            yield Collision(
                layout="switrs",
                number=f"INVENTED-{number:05}",
                row=number,
                day=date(_FIRST_YEAR, 1, 1) + timedelta(days=int(random.integers(0, days))),
                hour=time(int(random.integers(6, 21)), int(random.integers(0, 60))),
                severity=severity,
                pedestrian=not bicycle,
                bicycle=bicycle,
                killed=int(severity is Severity.FATAL),
                injured=int(severity is not Severity.FATAL),
                hurt=Hurt().plus(bicycle, severity),
                primary_street="",
                secondary_street="",
                distance_m=None,
                direction="",
                place="",
                longitude=campus.longitude + away * math.cos(way) / east,
                latitude=latitude,
                quality=_QUALITIES[int(random.choice(3, p=_QUALITY_SHARES))],
            )
