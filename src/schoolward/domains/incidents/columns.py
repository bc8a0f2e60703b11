"""The columns of the incident table as the bulk writer fills them, and values for many rows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COLUMNS: tuple[str, ...] = (
    "agency_id",
    "source",
    "source_key",
    "content_digest",
    "occurred_at",
    "local_date",
    "local_minute",
    "local_hour",
    "local_weekday",
    "school_year",
    "offence_id",
    "category",
    "is_crime",
    "address",
    "address_key",
    "district",
    "beat",
    "grid",
    "longitude",
    "latitude",
    "placement",
    "campus_id",
    "method",
    "distance_m",
    "at_campus",
    "near_campus",
    "in_school_hours",
    "record_class",
    "generated",
    "recorded_at",
)
"""The order in which the writer gives values. Columns that are not here keep the database's default."""


@dataclass(slots=True)
class Prepared:
    """Incidents ready to be written, in columns of one length.

    Days are counted from 1970-01-01. `campus` is -1 for none. Lists hold what goes into the database as it
    is.
    """

    source: list[str]
    source_key: list[str]
    content_digest: list[str]
    utc: NDArray[np.int64]
    day: NDArray[np.int64]
    minute: NDArray[np.int64]
    offence_id: list[int]
    category: list[str]
    is_crime: list[bool]
    address: list[str]
    address_key: list[str]
    district: list[str]
    beat: list[str]
    grid: list[str]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    placement: list[str]
    campus: NDArray[np.int64]
    method: NDArray[np.int8]
    distance_m: NDArray[np.float64]
    near: NDArray[np.bool_]
    in_school_hours: NDArray[np.bool_]
    generated: list[bool]

    def __len__(self) -> int:
        return len(self.source_key)
