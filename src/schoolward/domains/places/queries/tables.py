"""Whole tables, read once and asked many times: school hours, and campuses for attribution."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schoolward.domains.places.models import NOT_K12, BellTimes, NonSchoolDay, SchoolOccupancy
from schoolward.domains.places.school_hours import Bell, SchoolHours


def school_hours_table(campus_id: int | None = None) -> SchoolHours:
    """Every bell time and non-school day, to be asked many times; with a campus, its own and the district's
    alone."""
    of = Q() if campus_id is None else Q(campus_id=campus_id) | Q(campus_id=None)
    bells: dict[tuple[int | None, int], list[Bell]] = defaultdict(list)
    for row in BellTimes.objects.filter(of).order_by("valid_from", "pk"):
        bell = Bell(row.begins, row.ends, row.valid_from, row.valid_to)
        bells[row.campus_id, row.weekday].append(bell)
    for owned in bells.values():
        owned.sort(key=lambda bell: bell.valid_from or date.min)
    closed: dict[int | None, set[date]] = defaultdict(set)
    for campus_id, day in NonSchoolDay.objects.filter(of).values_list("campus_id", "day"):
        closed[campus_id].add(day)
    return SchoolHours(
        {key: tuple(owned) for key, owned in bells.items()},
        {key: frozenset(days) for key, days in closed.items()},
    )


@dataclass(frozen=True, slots=True)
class CampusSpan:
    """A span of days, both included (``None``: open), in which a K-12 school was in operation on a campus."""

    campus_id: int
    address_key: str
    longitude: float | None
    latitude: float | None
    first_day: date | None
    last_day: date | None


def campus_table_for_attribution() -> list[CampusSpan]:
    """Every span of every K-12 school, charters included, in order of campus."""
    rows = (
        SchoolOccupancy.objects.exclude(school__kind__in=NOT_K12)
        .order_by("campus_id", "valid_from", "pk")
        .values_list(
            "campus_id",
            "campus__address_key",
            "campus__longitude",
            "campus__latitude",
            "valid_from",
            "valid_to",
        )
    )
    return [CampusSpan(*row) for row in rows]
