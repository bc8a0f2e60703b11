"""Attributing stored incidents again when campuses, their dates or their bell times have changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from schoolward.domains.incidents.actions.derivation import Derivation
from schoolward.domains.incidents.actions.storing import METHODS
from schoolward.domains.incidents.actions.tallies import ROW_FIELDS, Changes
from schoolward.domains.incidents.models import Incident, Method
from schoolward.domains.places.hooks import on_campuses_changed
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

_CHUNK = 20_000
_READ = (
    "pk",
    "address_key",
    "longitude",
    "latitude",
    "local_minute",
    "method",
    "distance_m",
    *ROW_FIELDS,
)


@on_campuses_changed
def attribute_again(*, by: Viewer, at: datetime) -> int:
    """Attribute every incident anew and return how many changed. Only these are written.

    Called inside the transaction of the change in places, so that no page sees one without the other.
    """
    derivation, changes = Derivation(), Changes()
    changed = 0
    with transaction.atomic():
        last = 0
        while chunk := list(Incident.objects.filter(pk__gt=last).order_by("pk").values_list(*_READ)[:_CHUNK]):
            last = chunk[-1][0]
            changed += _chunk(chunk, derivation, changes)
        changes.write()
        if changed:
            record(
                "incidents.attributed_again",
                by=by,
                at=at,
                subject="incidents.Incident",
                detail={"changed": changed},
            )
    return changed


def _chunk(chunk: list[tuple[Any, ...]], derivation: Derivation, changes: Changes) -> int:
    columns = dict(zip(_READ, zip(*chunk, strict=True), strict=True))
    days: dict[date, int] = {}
    for day in columns["local_date"]:
        days.setdefault(day, (day - date(1970, 1, 1)).days)
    day = np.array([days[on] for on in columns["local_date"]], dtype=np.int64)
    found = derivation.attribute(
        columns["address_key"],
        _floats(columns["longitude"]),
        _floats(columns["latitude"]),
        day,
    )
    minute = np.array(columns["local_minute"], dtype=np.int64)
    in_hours = derivation.school_day.is_in(found.campus, day, minute)
    before = np.array([-1 if campus is None else campus for campus in columns["campus_id"]], dtype=np.int64)
    methods = np.array([METHODS.index(str(method)) for method in columns["method"]], dtype=np.int8)
    moved = np.abs(
        np.nan_to_num(found.distance_m, nan=-1) - np.nan_to_num(_floats(columns["distance_m"]), nan=-1)
    )
    differs = (
        (before != found.campus)
        | (methods != found.method)
        | (np.array(columns["near_campus"], dtype=np.bool_) != found.near)
        | (np.array(columns["in_school_hours"], dtype=np.bool_) != in_hours)
        | (moved > 0.011)
    )
    updates = []
    for index in np.flatnonzero(differs).tolist():
        row = chunk[index]
        counted = row[-len(ROW_FIELDS) :]
        method = METHODS[found.method[index]]
        campus = int(found.campus[index]) if found.campus[index] >= 0 else None
        at_campus, near, hours = method == Method.ADDRESS, bool(found.near[index]), bool(in_hours[index])
        changes.add_row(counted, -1)
        changes.add_row((counted[0], campus, counted[2], at_campus, near, hours, *counted[6:]))
        metres = found.distance_m[index]
        distance = None if np.isnan(metres) else round(float(metres), 2)
        updates.append((campus, method, distance, at_campus, near, hours, row[0]))
    if updates:
        with connection.cursor() as cursor:
            cursor.executemany(
                f'UPDATE "{Incident._meta.db_table}" SET "campus_id" = %s, "method" = %s, "distance_m" = %s, '  # noqa: S608 - names are ours
                '"at_campus" = %s, "near_campus" = %s, "in_school_hours" = %s WHERE "id" = %s',
                updates,
            )
    return len(updates)


def _floats(values: tuple[Any, ...]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
