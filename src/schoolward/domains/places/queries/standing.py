"""Which school is on which campus on a day, and which of them are in operation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from schoolward.domains.places.models import NOT_K12, Campus, CharterFunding, School, SchoolOccupancy
from schoolward.platform.measures.together import shared


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
    return narrowed(Campus.objects.filter(pk__in=run.values("campus_id")), campus_id)


def campuses_in_use(on: date, *, campus_id: int | None = None) -> QuerySet[Campus]:
    """Campuses of the district that are in operation on the day, or are to open after it."""
    last = SchoolOccupancy.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    run = last.exclude(school__kind__in=NOT_K12).exclude(school__charter_funding=CharterFunding.DIRECT)
    return narrowed(Campus.objects.filter(pk__in=run.values("campus_id")), campus_id)


def campuses_with_school(on: date, *, campus_id: int | None = None) -> QuerySet[Campus]:
    """Campuses with any K-12 school in operation, directly funded charters included."""
    return narrowed(Campus.objects.filter(pk__in=occupancies(on).values("campus_id")), campus_id)


def operating_schools(on: date, *, campus_id: int | None = None) -> QuerySet[School]:
    """K-12 schools in operation, charters included. On 2012-09-06 these are 86."""
    run = occupancies(on)
    if campus_id is not None:
        run = run.filter(campus_id=campus_id)
    return School.objects.filter(pk__in=run.values("school_id"))


def narrowed(queryset: QuerySet[Campus], campus_id: int | None) -> QuerySet[Campus]:
    return queryset if campus_id is None else queryset.filter(pk=campus_id)


@shared
def has_schools() -> bool:
    """Whether any school has been entered: until then nothing about schools is known."""
    return School.objects.exists()


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


def campus_by_slug(slug: str) -> Campus | None:
    """The campus of this short name, or ``None``."""
    return Campus.objects.filter(slug=slug).first()


def campus_by_pk(pk: int) -> Campus | None:
    """The campus of this number, or ``None``."""
    return Campus.objects.filter(pk=pk).first()


@shared
def campus_names() -> dict[int, str]:
    """The name of every campus by its number, in order of name."""
    return dict(Campus.objects.values_list("pk", "name"))
