"""One prepared incident as the values of its row, and overwriting a stored one with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from schoolward.analysis.offences import Category
from schoolward.domains.incidents.actions.derivation import EPOCH_DAY
from schoolward.domains.incidents.actions.storing import METHODS
from schoolward.domains.incidents.actions.tallies import ROW_FIELDS, Changes
from schoolward.domains.incidents.columns import Prepared
from schoolward.domains.incidents.models import Incident, Method


def key_mark(number: str) -> str:
    """Return a record's number as sixteen hexadecimal digits, to find repeated ones in little memory."""
    return blake2b(number.encode(), digest_size=8).hexdigest()


def category_keys() -> list[str]:
    """The keys of the categories, as a file may name them."""
    return [category.value for category in Category]


def values_of(rows: Prepared, index: int) -> dict[str, Any]:
    """The values of one prepared row by field, without its identity and its provenance."""
    day = EPOCH_DAY + timedelta(days=int(rows.day[index]))
    minute = int(rows.minute[index])
    longitude, latitude, metres = (
        None if value != value else float(value)
        for value in (rows.longitude[index], rows.latitude[index], rows.distance_m[index])
    )
    method = METHODS[rows.method[index]]
    return {
        "content_digest": rows.content_digest[index],
        "occurred_at": datetime.fromtimestamp(int(rows.utc[index]), tz=UTC),
        "local_date": day,
        "local_minute": minute,
        "local_hour": minute // 60,
        "local_weekday": day.weekday(),
        "school_year": day.year if day.month >= 7 else day.year - 1,
        "offence_id": rows.offence_id[index],
        "category": rows.category[index],
        "is_crime": rows.is_crime[index],
        "address": rows.address[index],
        "address_key": rows.address_key[index],
        "district": rows.district[index],
        "beat": rows.beat[index],
        "grid": rows.grid[index],
        "longitude": longitude,
        "latitude": latitude,
        "placement": rows.placement[index],
        "campus_id": int(rows.campus[index]) if rows.campus[index] >= 0 else None,
        "method": method,
        "distance_m": None if metres is None else round(metres, 2),
        "at_campus": method == Method.ADDRESS,
        "near_campus": bool(rows.near[index]),
        "in_school_hours": bool(rows.in_school_hours[index]),
    }


def overwrite(
    pk: int, rows: Prepared, index: int, *, at: datetime, changes: Changes, **fields: object
) -> None:
    """Give a stored incident the prepared values at `index`, and move its count in the tallies."""
    stored = Incident.objects.filter(pk=pk)
    changes.add_row(stored.values_list(*ROW_FIELDS)[0], -1)
    stored.update(**values_of(rows, index), **fields, changed_at=at)
    changes.add_row(stored.values_list(*ROW_FIELDS)[0], 1)
