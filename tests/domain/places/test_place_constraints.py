"""What the database itself refuses, on SQLite as on PostgreSQL."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from schoolward.domains.places.models import (
    BellTimes,
    Campus,
    Enrolment,
    NonSchoolDay,
    School,
    SchoolOccupancy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def campus() -> Campus:
    return Campus.objects.create(name="A", slug="a", address="1 A St", address_key="1 A ST")


@pytest.fixture
def school() -> School:
    return School.objects.create(cds_code="3" * 14, name="A", kind="high")


def refuses(**row: object) -> None:
    model = row.pop("model")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**row)  # type: ignore[attr-defined]


def test_a_code_has_14_digits(school: School) -> None:
    refuses(model=School, cds_code="3" * 13, name="B", kind="high")
    refuses(model=School, cds_code=school.cds_code, name="B", kind="high")


def test_a_school_closes_after_it_opens() -> None:
    opened, closed = date(2012, 9, 6), date(2012, 9, 5)
    refuses(model=School, cds_code="4" * 14, name="B", kind="high", opened=opened, closed=closed)


def test_kinds_and_funding_are_known_ones() -> None:
    refuses(model=School, cds_code="4" * 14, name="B", kind="castle")
    refuses(model=School, cds_code="4" * 14, name="B", kind="high", charter_funding="direct")


def test_an_address_is_there_and_held_by_one_campus(campus: Campus) -> None:
    refuses(model=Campus, name="B", slug="b", address="", address_key="")
    refuses(model=Campus, name="B", slug="b", address="1 A Street", address_key=campus.address_key)


def test_a_point_is_whole_and_on_earth() -> None:
    refuses(model=Campus, name="B", slug="b", address="2 A St", address_key="2 A ST", longitude=-121.5)
    refuses(model=Campus, name="B", slug="b", address="2", address_key="2", longitude=-181, latitude=38)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2012, 1, 1), date(2012, 12, 31)),
        (date(2010, 6, 30), date(2010, 12, 31)),
        (None, None),
        (None, date(2005, 1, 1)),
        (date(2010, 6, 30), None),
    ],
)
def test_a_school_is_not_in_two_places_at_once(
    campus: Campus, school: School, first: date | None, last: date | None
) -> None:
    """Its stays: up to 2010-06-30, then from 2012-06-01."""
    SchoolOccupancy.objects.create(school=school, campus=campus, valid_to=date(2010, 6, 30))
    SchoolOccupancy.objects.create(school=school, campus=campus, valid_from=date(2012, 6, 1))
    refuses(model=SchoolOccupancy, school=school, campus=campus, valid_from=first, valid_to=last)
    between = SchoolOccupancy.objects.create(
        school=school, campus=campus, valid_from=date(2010, 7, 1), valid_to=date(2012, 5, 31)
    )
    between.valid_to = date(2012, 6, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        between.save()


def test_another_school_may_share_the_ground(campus: Campus, school: School) -> None:
    other = School.objects.create(cds_code="5" * 14, name="B", kind="high")
    for tenant in (school, other):
        SchoolOccupancy.objects.create(school=tenant, campus=campus, valid_from=date(2012, 1, 1))
    assert campus.occupancies.count() == 2


def test_a_year_has_one_enrolment(school: School) -> None:
    Enrolment.objects.create(school=school, school_year=2012, students=420, source="count")
    refuses(model=Enrolment, school=school, school_year=2012, students=430, source="count")


@pytest.mark.parametrize("at_campus", [True, False])
def test_bell_times_and_closures_stand_once_also_for_the_district(campus: Campus, at_campus: bool) -> None:
    place = campus if at_campus else None
    BellTimes.objects.create(campus=place, weekday=0, begins=time(8), ends=time(15))
    refuses(model=BellTimes, campus=place, weekday=0, begins=time(9), ends=time(15))
    refuses(model=BellTimes, campus=place, weekday=1, begins=time(9), ends=time(9))
    refuses(model=BellTimes, campus=place, weekday=7, begins=time(8), ends=time(9))
    NonSchoolDay.objects.create(campus=place, day=date(2012, 11, 22))
    refuses(model=NonSchoolDay, campus=place, day=date(2012, 11, 22))
