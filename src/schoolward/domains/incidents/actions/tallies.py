"""Counts by month, kept in the transaction of every write, so that a million incidents count in a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Count, F, Model
from django.db.models.functions import Coalesce, TruncMonth
from numpy.typing import NDArray

from schoolward.domains.incidents.columns import Prepared
from schoolward.domains.incidents.models import Category, HourTally, Incident, MonthTally
from schoolward.platform.measures.kept_sums import add_to

MONTH_CELL = ("month", "site", "category", "at_campus", "near_campus", "in_school_hours", "generated")
HOUR_CELL = ("month", "weekday", "hour", "at_campus", "near_campus")
ROW_FIELDS = (
    "local_date",
    "campus_id",
    "category",
    "at_campus",
    "near_campus",
    "in_school_hours",
    "generated",
    "local_weekday",
    "local_hour",
)
"""What a stored row is counted by, in the order in which `Changes.add_row` takes it."""

_CATEGORIES = {category.value: index for index, category in enumerate(Category)}
_CATEGORY_AT = [category.value for category in Category]
_ADDRESS = 1

MonthCell = tuple[date, int, str, bool, bool, bool, bool]
HourCell = tuple[date, int, int, bool, bool]


class Changes:
    """Differences to the tallies, gathered over many rows and written once."""

    def __init__(self) -> None:
        self.months: Counter[MonthCell] = Counter()
        self.hours: Counter[HourCell] = Counter()

    def add_row(self, row: Sequence[object], sign: int = 1) -> None:
        """Count one stored row, given by `ROW_FIELDS`; `sign` -1 takes it out."""
        day, campus, category, at, near, hours, generated, weekday, hour = row
        month = day.replace(day=1)  # type: ignore[attr-defined]
        cell = (month, campus or 0, str(category), bool(at), bool(near), bool(hours), bool(generated))
        self.months[cell] += sign  # type: ignore[index]
        self.hours[month, weekday, hour, bool(at), bool(near)] += sign  # type: ignore[index]

    def add_prepared(self, rows: Prepared, chosen: NDArray[np.int64]) -> None:
        """Count many prepared rows at once: those at the indices `chosen`."""
        months = rows.day[chosen].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        at = rows.method[chosen] == _ADDRESS
        near, hours = rows.near[chosen], rows.in_school_hours[chosen]
        categories = np.array([_CATEGORIES[rows.category[i]] for i in chosen.tolist()], dtype=np.int64)
        generated = np.array([rows.generated[i] for i in chosen.tolist()], dtype=np.int64)
        sites = np.maximum(rows.campus[chosen], 0)
        table = np.stack((months, sites, categories, at, near, hours, generated))
        for cell, count in _counted(table):
            month, site, category, at_site, near_site, in_hours, made = cell
            key = (
                _first_day(month),
                site,
                _CATEGORY_AT[category],
                bool(at_site),
                bool(near_site),
                bool(in_hours),
                bool(made),
            )
            self.months[key] += count
        weekdays = (rows.day[chosen] + 3) % 7
        for cell, count in _counted(np.stack((months, weekdays, rows.minute[chosen] // 60, at, near))):
            month, weekday, hour, at_site, near_site = cell
            self.hours[_first_day(month), weekday, hour, bool(at_site), bool(near_site)] += count

    def write(self) -> None:
        """Add the differences to the stored tallies and forget them; cells that fall to nothing go."""
        _add(MonthTally, MONTH_CELL, self.months)
        _add(HourTally, HOUR_CELL, self.hours)
        if any(count < 0 for counts in (self.months, self.hours) for count in counts.values()):
            MonthTally.objects.filter(incidents=0).delete()
            HourTally.objects.filter(incidents=0).delete()
        self.months.clear()
        self.hours.clear()


def _counted(table: NDArray[np.int64]) -> Iterable[tuple[list[int], int]]:
    """Yield each distinct column of a table of integers with how often it stands there."""
    # Columns packed into one number sort far faster than np.unique(axis=1) compares them.
    low = table.min(axis=1, keepdims=True) if table.size else np.zeros((len(table), 1), dtype=np.int64)
    spans = (table.max(axis=1, keepdims=True) - low + 1) if table.size else np.ones_like(low)
    packed = np.zeros(table.shape[1], dtype=np.int64)
    for row, first, span in zip(table, low, spans, strict=True):
        packed = packed * span[0] + (row - first[0])
    _, index, counts = np.unique(packed, return_index=True, return_counts=True)
    return zip(table[:, index].T.tolist(), counts.tolist(), strict=True)


def _first_day(month: int) -> date:
    """The first day of a month that is counted from January 1970."""
    return date(1970 + month // 12, month % 12 + 1, 1)


def _add(kept: type[Model], cell: tuple[str, ...], counts: Mapping[tuple[Any, ...], int]) -> None:
    rows = [(*key, count) for key, count in counts.items() if count]
    if rows:
        add_to(kept, cell=cell, sums=("incidents",), rows=rows)


def rebuild() -> None:
    """Count everything afresh. Only needed after a change that bypassed the actions."""
    MonthTally.objects.all().delete()
    HourTally.objects.all().delete()
    MonthTally.objects.bulk_create(MonthTally(**cell) for cell in counted_months())
    HourTally.objects.bulk_create(HourTally(**cell) for cell in counted_hours())


def counted_months() -> list[dict[str, object]]:
    """The month tallies as a plain GROUP BY over all incidents gives them."""
    return list(
        Incident.objects.order_by()
        .annotate(month=TruncMonth("local_date"), site=Coalesce("campus_id", 0))
        .values(*MONTH_CELL)
        .annotate(incidents=Count("pk"))
    )


def counted_hours() -> list[dict[str, object]]:
    """The hour tallies as a plain GROUP BY over all incidents gives them."""
    return list(
        Incident.objects.order_by()
        .annotate(month=TruncMonth("local_date"), weekday=F("local_weekday"), hour=F("local_hour"))
        .values(*HOUR_CELL)
        .annotate(incidents=Count("pk"))
    )
