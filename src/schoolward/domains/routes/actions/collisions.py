"""Writing the state's collisions, and which sites each happened near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from schoolward.analysis.attribution import ALWAYS_FROM, ALWAYS_TO
from schoolward.analysis.school_collisions import Spans, days_since_1970, near
from schoolward.domains.places import queries as places
from schoolward.domains.places.hooks import on_campuses_changed
from schoolward.domains.routes.models import Collision, CollisionNear
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.protocols import collisions as protocol

_BATCH = 500
_T = TypeVar("_T")
_FIELDS = (
    "day",
    "hour",
    "severity",
    "pedestrian",
    "bicycle",
    "killed",
    "injured",
    *Collision.HURT,
    "grave",
    "primary_street",
    "secondary_street",
    "place",
    "longitude",
    "latitude",
    "quality",
    "retracted",
    "invented",
)


class OtherSystem(ValueError):
    """A year's collisions are here from the state's other system, so that each would count twice."""

    def __init__(self, year: int, layout: str) -> None:
        super().__init__(f"{year} is here from {layout} already")
        self.year, self.layout = year, layout


class Written:
    """How many collisions became new rows, changed, or were here as they are."""

    def __init__(self) -> None:
        self.created = self.updated = self.unchanged = 0


def years_of_other_systems(layout: str) -> dict[int, str]:
    """The years of which another system's collisions are here, with that system."""
    rows = Collision.objects.exclude(layout=layout).order_by()
    return dict(rows.values_list("day__year", "layout").distinct())


def put_collisions(
    found: Sequence[protocol.Collision], *, by: Viewer, at: datetime, invented: bool = False
) -> Written:
    """Write collisions of one system, known again by their numbers; the same ones again change nothing.

    The caller audits it (an import does). Raises :class:`OtherSystem` where one is of a year that another
    system's collisions are here of.
    """
    written = Written()
    if not found:
        return written
    taken = years_of_other_systems(found[0].layout)
    for one in found:
        if one.day.year in taken:
            raise OtherSystem(one.day.year, taken[one.day.year])
    with transaction.atomic():
        touched: list[int] = []
        for batch in _batches(found, _BATCH):
            touched += _put(batch, written, at, invented)
        _join(Collision.objects.all(), touched)
    return written


def _put(batch: Sequence[protocol.Collision], written: Written, at: datetime, invented: bool) -> list[int]:
    numbers = [one.number for one in batch]
    known = {row.number: row for row in Collision.objects.filter(layout=batch[0].layout, number__in=numbers)}
    new: list[Collision] = []
    changed: list[Collision] = []
    for one in batch:
        values = _values(one) | {"invented": invented}
        row = known.get(one.number)
        if row is None:
            new.append(Collision(layout=one.layout, number=one.number, recorded_at=at, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.recorded_at = at
            changed.append(row)
        else:
            written.unchanged += 1
    made = Collision.objects.bulk_create(new)
    if changed:
        Collision.objects.bulk_update(changed, [*_FIELDS, "recorded_at"], batch_size=100)
    written.created += len(made)
    written.updated += len(changed)
    return [row.pk for row in (*made, *changed)]


def _values(one: protocol.Collision) -> dict[str, Any]:
    return {
        "day": one.day,
        "hour": one.hour,
        "severity": one.severity.value,
        "pedestrian": one.pedestrian,
        "bicycle": one.bicycle,
        "killed": one.killed,
        "injured": one.injured,
        **{name: None if one.hurt is None else getattr(one.hurt, name) for name in Collision.HURT},
        "grave": one.grave_on_foot_or_bicycle,
        "primary_street": one.primary_street,
        "secondary_street": one.secondary_street,
        "place": one.place,
        "longitude": one.longitude,
        "latitude": one.latitude,
        "quality": int(one.quality),
        "retracted": one.retracted,
    }


@on_campuses_changed
def join_again(*, by: Viewer, at: datetime) -> int:
    """Say anew which sites every collision happened near, and return how many such pairs changed."""
    with transaction.atomic():
        changed = _join(Collision.objects.all(), None)
        if changed:
            record(
                "routes.collisions_joined_again",
                by=by,
                at=at,
                subject="routes.Collision",
                detail={"changed": changed},
            )
    return changed


def _join(collisions: QuerySet[Collision], only: Sequence[int] | None) -> int:
    """Write the pairs of these collisions (all for None) that are not as they should be; return how many."""
    spans = _spans()
    changed = 0
    for keys in [None] if only is None else _batches(only, _BATCH):
        chosen = collisions if keys is None else collisions.filter(pk__in=keys)
        rows = list(chosen.order_by("pk").values_list("pk", "longitude", "latitude", "day"))
        before = CollisionNear.objects.all()
        if keys is not None:
            before = before.filter(collision__in=keys)
        stored = {
            (collision, campus): (pk, distance)
            for pk, collision, campus, distance in before.values_list(
                "pk", "collision_id", "campus_id", "distance_m"
            )
        }
        wanted = _pairs(rows, spans)
        gone = [pk for pair, (pk, distance) in stored.items() if wanted.get(pair) != distance]
        new = [
            CollisionNear(collision_id=pair[0], campus_id=pair[1], distance_m=distance)
            for pair, distance in wanted.items()
            if pair not in stored or stored[pair][1] != distance
        ]
        for part in _batches(gone, _BATCH):
            CollisionNear.objects.filter(pk__in=part).delete()
        CollisionNear.objects.bulk_create(new, batch_size=_BATCH)
        changed += len(new) + len(gone)
    return changed


def _pairs(
    rows: Sequence[tuple[int, float | None, float | None, date]], spans: Spans
) -> dict[tuple[int, int], float]:
    if not rows:
        return {}
    keys, longitude, latitude, days = zip(*rows, strict=True)
    pairs = near(
        np.array(longitude, dtype=np.float64),
        np.array(latitude, dtype=np.float64),
        days_since_1970(days),
        spans,
    )
    return {
        (keys[collision], campus): round(distance, 1)
        for collision, campus, distance in zip(
            pairs.collision.tolist(), pairs.campus.tolist(), pairs.distance_m.tolist(), strict=True
        )
    }


def _spans() -> Spans:
    table = places.campus_table_for_attribution()
    epoch = date(1970, 1, 1).toordinal()

    def day(on: date | None, otherwise: int) -> int:
        return otherwise if on is None else on.toordinal() - epoch

    return Spans(
        np.array([row.campus_id for row in table], dtype=np.int64),
        np.array([row.longitude for row in table], dtype=np.float64),
        np.array([row.latitude for row in table], dtype=np.float64),
        np.array([day(row.first_day, ALWAYS_FROM) for row in table], dtype=np.int64),
        np.array([day(row.last_day, ALWAYS_TO) for row in table], dtype=np.int64),
    )


def _batches(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    walked = iter(values)
    while batch := list(islice(walked, size)):
        yield batch
