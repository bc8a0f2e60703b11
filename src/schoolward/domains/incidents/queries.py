"""Reads about incidents: single ones by what the viewer may see, counts from the tallies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from schoolward.domains.incidents.models import CRIMES, Category, HourTally, Incident, MonthTally, Source
from schoolward.domains.places import queries as places
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

ALL, AT, NEAR = "", "at", "near"
"""Where incidents were: anywhere, at the address of a site, within 305 m of one."""

ALL_CRIMES = "crimes"
"""The category of all that are crimes."""


def visible_incidents(viewer: Viewer) -> QuerySet[Incident]:
    """The incidents that the viewer may see, newest first."""
    return visible(Incident.objects.all(), viewer).order_by("-local_date", "-occurred_at", "-pk")


def incident_by_pk(viewer: Viewer, pk: int) -> Incident | None:
    """One incident with its offence and site, or ``None`` when it is not there for the viewer."""
    return visible_incidents(viewer).select_related("offence", "campus", "agency").filter(pk=pk).first()


def incidents_by_number(viewer: Viewer, number: str) -> QuerySet[Incident]:
    """Incidents that people call by this number: the source's own, a case number, or ours (#42)."""
    return visible_incidents(viewer).filter(pk__in=numbered(number))


def numbered(number: str, *, most: int = 50) -> list[int]:
    """The primary keys of at most so many incidents that people call by this number, whoever may see them."""
    number = number.strip()
    # One question for each way of naming it: each has an index, and no planner would use three for one.
    ways = [
        Q(source__in=Source.values, source_key=number),
        Q(case_number__gt="", case_number=number),
    ]
    ours = number.removeprefix("#")
    if ours.isdecimal() and len(ours) <= 18:  # more than a key can have
        ways.append(Q(pk=int(ours)))
    found = [
        pk
        for way in ways
        for pk in Incident.objects.filter(way).order_by().values_list("pk", flat=True)[:most]
    ]
    return sorted(set(found), reverse=True)[:most]


def any_incidents() -> bool:
    """Whether anything has been recorded at all: until then counts are "not collected"."""
    return Incident.objects.exists()


def span_of_days() -> tuple[date, date] | None:
    """The local dates of the first and the last incident, or ``None``."""
    days = Incident.objects.values_list("local_date", flat=True)
    # Two seeks in the index; one query for both ends would walk all of it.
    first, last = days.order_by("local_date").first(), days.order_by("-local_date").first()
    return (first, last) if first is not None and last is not None else None


def since(viewer: Viewer, moment: datetime, *, sites_only: bool = True) -> QuerySet[Incident]:
    """Incidents after a moment that the viewer may see; at or near sites unless asked for all."""
    # The day as well: its index finds the rows.
    day = timezone.localdate(moment)
    rows = visible_incidents(viewer).filter(
        local_date__gte=day, occurred_at__gte=moment, occurred_at__lte=viewer.at
    )
    return rows.filter(campus__isnull=False) if sites_only else rows


def at_site(viewer: Viewer, campus_id: int) -> QuerySet[Incident]:
    """Incidents attributed to one site, newest first, with their offences."""
    return visible_incidents(viewer).filter(campus_id=campus_id).select_related("offence")


@dataclass(frozen=True)
class Slice:
    """Which incidents are counted: whole months from one to another, and what narrows them."""

    first: date
    last: date
    campus_id: int | None = None
    category: str = ""
    where: str = ALL
    school_hours: bool = False

    def months(self) -> list[date]:
        """The first days of all months of the span."""
        found, month = [], self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return found


def _place(where: str) -> Q:
    return {ALL: Q(), AT: Q(at_campus=True), NEAR: Q(near_campus=True)}[where]


def _tallies(viewer: Viewer, chosen: Slice) -> QuerySet[MonthTally]:
    rows = MonthTally.objects.filter(
        _place(chosen.where), month__gte=chosen.first.replace(day=1), month__lte=chosen.last
    )
    if viewer.campus_ids is not None:
        rows = rows.filter(site__in=viewer.campus_ids)
    if chosen.campus_id is not None:
        rows = rows.filter(site=chosen.campus_id)
    if chosen.category == ALL_CRIMES:
        rows = rows.filter(category__in=CRIMES)
    elif chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.school_hours:
        rows = rows.filter(in_school_hours=True)
    return rows


def _is_district(viewer: Viewer, chosen: Slice) -> bool:
    """Whether the slice is of every site and kind, so that the tallies by hour, a tenth as many, can tell."""
    narrowed = chosen.campus_id or chosen.category or chosen.school_hours or viewer.campus_ids is not None
    return not narrowed


def _hours(chosen: Slice) -> QuerySet[HourTally]:
    return HourTally.objects.filter(
        _place(chosen.where), month__gte=chosen.first.replace(day=1), month__lte=chosen.last
    )


def _fewest_tallies(viewer: Viewer, chosen: Slice) -> QuerySet[Any]:
    return _hours(chosen) if _is_district(viewer, chosen) else _tallies(viewer, chosen)


def total(viewer: Viewer, chosen: Slice) -> int:
    """How many incidents there are in the slice."""
    return int(_fewest_tallies(viewer, chosen).aggregate(n=Sum("incidents"))["n"] or 0)


def by_month(viewer: Viewer, chosen: Slice) -> list[tuple[date, int]]:
    """Incidents by month, months without any included."""
    counts = dict(
        _fewest_tallies(viewer, chosen).values_list("month").annotate(n=Sum("incidents")).order_by()
    )
    return [(month, counts.get(month, 0)) for month in chosen.months()]


def by_month_at_and_near(
    viewer: Viewer, chosen: Slice
) -> tuple[list[tuple[date, int]], list[tuple[date, int]]]:
    """Incidents by month at the address of a site, and those near one, months without any included."""
    months = (
        _fewest_tallies(viewer, chosen)
        .filter(_place(AT) | _place(NEAR))
        .values_list("month")
        .annotate(
            at=Sum("incidents", filter=_place(AT), default=0),
            near=Sum("incidents", filter=_place(NEAR), default=0),
        )
    )
    counts = {month: (at, near) for month, at, near in months.order_by()}
    both = [(month, *counts.get(month, (0, 0))) for month in chosen.months()]
    return [(month, at) for month, at, _near in both], [(month, near) for month, _at, near in both]


def by_category(viewer: Viewer, chosen: Slice) -> list[tuple[str, int]]:
    """Incidents by category, most frequent first."""
    rows = (
        _tallies(viewer, chosen)
        .values_list("category")
        .annotate(n=Sum("incidents"))
        .order_by("-n", "category")
    )
    return [(category, count) for category, count in rows if count]


def categories() -> dict[str, str]:
    """Every category with the reader's words for it."""
    return {category.value: str(category.label) for category in Category}


def category_label(category: str) -> str:
    """A category in the reader's words."""
    return str(Category(category).label)


@dataclass(frozen=True)
class SiteCount:
    """A site's incidents in a slice, and its students (``None``: enrolment unknown)."""

    campus_id: int
    name: str
    at_campus: int
    near_campus: int
    in_school_hours: int
    students: int | None

    @property
    def rate(self) -> float | None:
        """Incidents at the site's address per 1,000 students."""
        return 1000 * self.at_campus / self.students if self.students else None


def by_site(viewer: Viewer, chosen: Slice) -> list[SiteCount]:
    """Each site with incidents in the slice, most at its address first."""
    counts = {
        site: (at, near, hours)
        for site, at, near, hours in _tallies(viewer, chosen)
        .filter(site__gt=0)
        .values_list("site")
        .annotate(
            at=Sum("incidents", filter=Q(at_campus=True), default=0),
            near=Sum("incidents", filter=Q(near_campus=True), default=0),
            hours=Sum("incidents", filter=Q(at_campus=True, in_school_hours=True), default=0),
        )
        .order_by()
    }
    if not counts:
        return []
    names = places.campus_names()
    year = places.latest_enrolment_year(chosen.last)
    students = places.students_by_campus(year, chosen.last) if year is not None else {}
    rows = [
        SiteCount(site, names.get(site, str(site)), at, near, hours, students.get(site))
        for site, (at, near, hours) in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.at_campus, -row.near_campus, row.name))


def by_hour_of_week(viewer: Viewer, chosen: Slice) -> list[tuple[int, int, int]]:
    """(weekday from 0 for Monday, hour, incidents) for the hours of the week that had any.

    From the tallies where they can tell; a slice of one site, category or school hours is counted itself.
    """
    if _is_district(viewer, chosen):
        hours = _hours(chosen).values_list("weekday", "hour").annotate(n=Sum("incidents"))
        return list(hours.order_by("weekday", "hour"))
    rows = visible_incidents(viewer).filter(_place(chosen.where), **_filters(chosen))
    return list(
        rows.order_by()
        .values_list("local_weekday", "local_hour")
        .annotate(n=Count("pk"))
        .order_by("local_weekday", "local_hour")
    )


def _filters(chosen: Slice) -> dict[str, object]:
    last = (chosen.last.replace(day=1) + timedelta(days=32)).replace(day=1)
    found: dict[str, object] = {"local_date__gte": chosen.first.replace(day=1), "local_date__lt": last}
    if chosen.campus_id is not None:
        found["campus_id"] = chosen.campus_id
    if chosen.category:
        found["category"] = chosen.category
    if chosen.school_hours:
        found["in_school_hours"] = True
    return found


def count_from_tallies(
    viewer: Viewer, *, campus_id: int | None, category: str, where: str, school_hours: bool
) -> int:
    """How many incidents of all times the viewer would see under these filters, without counting rows."""
    chosen = Slice(date(1900, 1, 1), date(2200, 1, 1), campus_id, category, where, school_hours)
    return total(viewer, chosen)


MOST_ON_MAP = 2000


def positions(rows: QuerySet[Incident]) -> Iterable[tuple[Any, ...]]:
    """(id, longitude, latitude, placement, category, moment, description) of the newest placed rows."""
    placed = rows.filter(longitude__isnull=False)
    return placed.values_list(
        "pk", "longitude", "latitude", "placement", "category", "occurred_at", "offence__description"
    )[:MOST_ON_MAP]
