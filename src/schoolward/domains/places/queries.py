"""Reads about campuses and schools. Each asks for the day that it is about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.urls import reverse

from schoolward.domains.places.models import (
    NOT_K12,
    BellTimes,
    Campus,
    CharterFunding,
    Enrolment,
    NonSchoolDay,
    School,
    SchoolOccupancy,
)
from schoolward.domains.places.school_hours import Bell, SchoolHours
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def holding(on: date) -> Q:
    """The condition that a row with ``valid_from`` and ``valid_to`` (both included) holds on the day."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )


def campuses() -> QuerySet[Campus]:
    """Every campus, whatever its dates."""
    return Campus.objects.all()


def holding_occupancies(on: date) -> QuerySet[SchoolOccupancy]:
    """Which school of any kind, adult centres and offices included, is on which campus on the day."""
    return SchoolOccupancy.objects.filter(holding(on))


def occupancies(on: date) -> QuerySet[SchoolOccupancy]:
    """Which K-12 school, charters included, is in operation on which campus on the day."""
    return holding_occupancies(on).exclude(school__kind__in=NOT_K12)


def operating_campuses(on: date, *, campus_id: int | None = None) -> QuerySet[Campus]:
    """Campuses of the district in operation: with a K-12 school that is no directly funded charter.

    Adult centres and offices do not count. On 2012-09-06 these are 75.
    """
    run = occupancies(on).exclude(school__charter_funding=CharterFunding.DIRECT)
    return _narrowed(Campus.objects.filter(pk__in=run.values("campus_id")), campus_id)


def campuses_with_school(on: date, *, campus_id: int | None = None) -> QuerySet[Campus]:
    """Campuses with any K-12 school in operation, directly funded charters included."""
    return _narrowed(Campus.objects.filter(pk__in=occupancies(on).values("campus_id")), campus_id)


def operating_schools(on: date, *, campus_id: int | None = None) -> QuerySet[School]:
    """K-12 schools in operation, charters included. On 2012-09-06 these are 86."""
    run = occupancies(on)
    if campus_id is not None:
        run = run.filter(campus_id=campus_id)
    return School.objects.filter(pk__in=run.values("school_id"))


def _narrowed(queryset: QuerySet[Campus], campus_id: int | None) -> QuerySet[Campus]:
    return queryset if campus_id is None else queryset.filter(pk=campus_id)


def has_schools() -> bool:
    """Whether any school has been entered: until then nothing about schools is known."""
    return School.objects.exists()


def school_by_cds(cds_code: str) -> School | None:
    """The school of this code, or ``None``."""
    return School.objects.filter(cds_code=cds_code).first()


def schools_on(campus_id: int, on: date) -> QuerySet[School]:
    """Schools of every kind on a campus on the day, adult centres and offices included."""
    held = holding_occupancies(on).filter(campus_id=campus_id)
    return School.objects.filter(pk__in=held.values("school_id"))


def schools_by_campus(on: date) -> dict[int, list[School]]:
    """Schools of every kind by the campus that they are on, in order of name, in one query."""
    found: dict[int, list[School]] = defaultdict(list)
    held = holding_occupancies(on).select_related("school")
    for occupancy in held.order_by("school__name"):
        found[occupancy.campus_id].append(occupancy.school)
    return dict(found)


def history(campus_id: int) -> list[SchoolOccupancy]:
    """Every school that is or was on the campus, newest first."""
    held = SchoolOccupancy.objects.filter(campus_id=campus_id).select_related("school")
    return sorted(
        held, key=lambda o: (o.valid_to is None, o.valid_to or o.valid_from or date.min), reverse=True
    )


class SchoolSites:
    """Where the school of a code is and was, to be asked about many days."""

    def __init__(self, cds_code: str) -> None:
        held = SchoolOccupancy.objects.filter(school__cds_code=cds_code).select_related("campus")
        self._held = sorted(held, key=lambda o: o.valid_from or date.min)

    def on(self, day: date | None) -> Campus | None:
        """The campus where it is on the day; without a day, where it is or was last.

        On a day when it is nowhere, the campus that it was on last before, else the first one after. ``None``
        for an unknown code.
        """
        last = day or date.max
        begun = [o for o in self._held if (o.valid_from or date.min) <= last]
        if begun:
            return max(
                begun, key=lambda o: (min(o.valid_to or date.max, last), o.valid_from or date.min)
            ).campus
        return self._held[0].campus if self._held else None


def campus_for_cds(cds_code: str, on: date | None = None) -> Campus | None:
    """The campus where the school of this code is on a day, or is or was last: see :class:`SchoolSites`."""
    return SchoolSites(cds_code).on(on)


def code_for_address(address_key: str, on: date) -> str:
    """The code of a school that :func:`campus_for_cds` finds at this address on the day; else empty."""
    held = SchoolOccupancy.objects.filter(campus__address_key=address_key)
    for code in held.order_by("school__cds_code").values_list("school__cds_code", flat=True).distinct():
        campus = campus_for_cds(code, on)
        if campus is not None and campus.address_key == address_key:
            return str(code)
    return ""


class UnknownSite(LookupError):
    """No school has this code."""

    def __init__(self, cds_code: str) -> None:
        super().__init__(f"no school has the CDS code {cds_code}; a code has 14 digits")


def known_campus(cds_code: str, on: date) -> Campus:
    """The campus of :func:`campus_for_cds`. Raises :class:`UnknownSite`."""
    campus = campus_for_cds(cds_code, on)
    if campus is None:
        raise UnknownSite(cds_code)
    return campus


def campus_by_slug(slug: str) -> Campus | None:
    """The campus of this short name, or ``None``."""
    return Campus.objects.filter(slug=slug).first()


def campus_by_pk(pk: int) -> Campus | None:
    """The campus of this number, or ``None``."""
    return Campus.objects.filter(pk=pk).first()


def campus_names() -> dict[int, str]:
    """The name of every campus by its number, in order of name."""
    return dict(Campus.objects.values_list("pk", "name"))


def school_year(on: date) -> int:
    """The year in which the school year of the day begins; it turns on 1 July."""
    return on.year if on.month >= 7 else on.year - 1


FEWEST_STUDENTS = 11
"""A count of fewer students is shown nowhere (docs/decisions/0024)."""


def students_by_campus(year: int, on: date) -> dict[int, int]:
    """Students by campus: the enrolment of the K-12 schools that are there on the day, in that school
    year. Campuses with fewer than :data:`FEWEST_STUDENTS` are left out, so that no sum holds them."""
    counts = _all_students_by_campus(year, on)
    return {campus_id: n for campus_id, n in counts.items() if not 0 < n < FEWEST_STUDENTS}


def campuses_with_few_students(year: int, on: date) -> frozenset[int]:
    """The campuses that :func:`students_by_campus` leaves out because they have so few."""
    counts = _all_students_by_campus(year, on)
    return frozenset(campus_id for campus_id, n in counts.items() if 0 < n < FEWEST_STUDENTS)


def _all_students_by_campus(year: int, on: date) -> dict[int, int]:
    rows = (
        occupancies(on)
        .filter(school__enrolments__school_year=year)
        .values_list("campus_id")
        .annotate(students=Sum("school__enrolments__students"))
        .order_by()
    )
    return {campus_id: students for campus_id, students in rows}  # noqa: C416 - rows are lists of two


def enrolments(year: int, on: date, *, campus_id: int | None = None) -> QuerySet[Enrolment]:
    """The enrolment rows of one school year of the K-12 schools that are in operation on the day."""
    return Enrolment.objects.filter(school_year=year, school__in=operating_schools(on, campus_id=campus_id))


def latest_enrolment_year(on: date) -> int | None:
    """The latest school year up to the day's that any enrolment is known for."""
    known = Enrolment.objects.filter(school_year__lte=school_year(on))
    latest: int | None = known.aggregate(latest=Max("school_year"))["latest"]
    return latest


def enrolment_is_invented(year: int) -> bool:
    """Whether any of the year's enrolment is invented, which every page that shows it must say."""
    return Enrolment.objects.filter(school_year=year, invented=True).exists()


def school_hours_table() -> SchoolHours:
    """Every bell time and non-school day, to be asked many times."""
    bells: dict[tuple[int | None, int], list[Bell]] = defaultdict(list)
    for row in BellTimes.objects.order_by("valid_from", "pk"):
        bell = Bell(row.begins, row.ends, row.valid_from, row.valid_to)
        bells[row.campus_id, row.weekday].append(bell)
    for owned in bells.values():
        owned.sort(key=lambda bell: bell.valid_from or date.min)
    closed: dict[int | None, set[date]] = defaultdict(set)
    for campus_id, day in NonSchoolDay.objects.values_list("campus_id", "day"):
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


def geojson(viewer: Viewer, on: date, *, slug: str = "") -> dict[str, Any]:
    """Campuses (or one) as a GeoJSON FeatureCollection (RFC 7946): points with name, schools and page."""
    placed = visible(campuses(), viewer).filter(longitude__isnull=False)
    if slug:
        placed = placed.filter(slug=slug)
    schools = schools_by_campus(on)
    district = set(operating_campuses(on).values_list("pk", flat=True))
    features = [
        {
            "type": "Feature",
            "id": campus.pk,
            "geometry": {"type": "Point", "coordinates": [campus.longitude, campus.latitude]},
            "properties": {
                "name": campus.name,
                "slug": campus.slug,
                "address": campus.address,
                "schools": [school.name for school in schools.get(campus.pk, [])],
                "kind": kind_of_campus(campus.pk, schools.get(campus.pk, []), district),
                "detail": ", ".join(school.name for school in schools.get(campus.pk, [])) or campus.address,
                "url": reverse("places:detail", args=[campus.slug]),
            },
        }
        for campus in placed
    ]
    return {"type": "FeatureCollection", "features": features}


def kind_of_campus(pk: int, schools: list[School], district: set[int]) -> str:
    """``district`` in operation, ``charter`` directly funded only, ``other`` adult or office, ``closed``."""
    if pk in district:
        return "district"
    if any(school.is_k12 for school in schools):
        return "charter"
    return "other" if schools else "closed"
