"""How many students, where, in which school year."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, QuerySet, Sum

from schoolward.domains.places.models import Enrolment
from schoolward.domains.places.queries.standing import occupancies, operating_schools
from schoolward.platform.measures.registry import FEWEST_STUDENTS
from schoolward.platform.measures.together import shared


def school_year(on: date) -> int:
    """The year in which the school year of the day begins; it turns on 1 July."""
    return on.year if on.month >= 7 else on.year - 1


def students_by_campus(year: int, on: date) -> dict[int, int]:
    """Students by campus: the enrolment of the K-12 schools that are there on the day, in that school
    year. Campuses with fewer than :data:`FEWEST_STUDENTS` are left out, so that no sum holds them."""
    counts = _all_students_by_campus(year, on)
    return {campus_id: n for campus_id, n in counts.items() if not 0 < n < FEWEST_STUDENTS}


def campuses_with_few_students(year: int, on: date) -> frozenset[int]:
    """The campuses that :func:`students_by_campus` leaves out because they have so few."""
    counts = _all_students_by_campus(year, on)
    return frozenset(campus_id for campus_id, n in counts.items() if 0 < n < FEWEST_STUDENTS)


@shared
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


@shared
def latest_enrolment_year(on: date) -> int | None:
    """The latest school year up to the day's that any enrolment is known for."""
    known = Enrolment.objects.filter(school_year__lte=school_year(on))
    latest: int | None = known.aggregate(latest=Max("school_year"))["latest"]
    return latest


def enrolment_is_invented(year: int) -> bool:
    """Whether any of the year's enrolment is invented, which every page that shows it must say."""
    return Enrolment.objects.filter(school_year=year, invented=True).exists()
