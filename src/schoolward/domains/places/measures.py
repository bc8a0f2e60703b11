"""Numbers about sites and schools."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolward.analysis.addresses import normalise
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.places.queries import (
    campuses_with_school,
    has_schools,
    operating_campuses,
    operating_schools,
)
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import knows_sites
from schoolward.platform.measures.registry import Example, Rows, measure


@knows_sites
def sites(on: date) -> list[int]:
    """Every site with a school in operation on the day: the parts that a count of students has."""
    return list(campuses_with_school(on).values_list("pk", flat=True))


_NONE_YET = _("No school directory has been brought in yet.")
_EXAMPLE = """
    campus | school | address         | kind       | funding | from       | to
    -------|--------|-----------------|------------|---------|------------|-----------
    A      | s1     | 10 First Street | elementary |         | 1980-07-01 |
    A      | s2     | 10 1ST ST       | middle     | local   | 1990-07-01 |
    B      | s3     | 20 First Street | high       | direct  | 2003-08-02 |
    C      | s4     | 30 First Street | adult      |         | 1980-07-01 |
    D      | s5     | 40 First Street | elementary |         | 1980-07-01 | 2012-06-30
    E      | s6     | 50 First Street | elementary |         | 2012-09-13 |
    F      | s7     | 60 First Street | high       | direct  | 2003-08-02 |
    F      | s8     | 60 First Street | middle     |         | 2012-08-21 |
"""
_PERIOD = (None, None, date(2012, 9, 6))


def _build(rows: list[dict[str, str]], column: str) -> dict[str, Any]:
    """Make the schools and their sites; return the campuses or the schools by the name in the first
    columns."""
    made: dict[str, dict[str, Any]] = {"campus": {}, "school": {}}
    for number, row in enumerate(rows, start=1):
        key = normalise(row["address"])
        campus, _created = Campus.objects.get_or_create(
            address_key=key,
            defaults={"name": row["campus"], "slug": row["campus"], "address": row["address"]},
        )
        school = School.objects.create(
            cds_code=f"{number:014d}",
            name=row["school"],
            kind=row["kind"],
            is_charter=bool(row["funding"]),
            charter_funding=row["funding"],
        )
        SchoolOccupancy.objects.create(
            campus=campus,
            school=school,
            valid_from=date.fromisoformat(row["from"]),
            valid_to=date.fromisoformat(row["to"]) if row["to"] else None,
        )
        made["campus"][row["campus"]] = campus
        made["school"][row["school"]] = school
    return made[column]


@measure(
    key="campuses.operating",
    title=_("Sites in operation"),
    definition=_(
        "Sites on which a school of kindergarten to grade 12 is in operation on the day. Directly funded "
        "charter schools, adult centers and offices do not make a site count; two schools on one site "
        "count it once."
    ),
    unit="sites",
    at_a_day=True,
    owner=Role.LEAD,
    record_class=RecordClass.PUBLIC,
    numerator=_("Sites with a K-12 school in operation that is not a directly funded charter school"),
    denominator="",
    example=Example(
        rows=_EXAMPLE,
        period=_PERIOD,
        value=2,
        records=("A", "F"),
        build=lambda rows: _build(rows, "campus"),
    ),
)
def operating_sites(period: Period, scope: Scope) -> Rows:
    """Campuses of the district in operation on the day."""
    return Rows(
        numerator=operating_campuses(period.as_of, campus_id=scope.campus_id),
        collected=has_schools(),
        missing=_NONE_YET,
    )


@measure(
    key="schools.operating",
    title=_("Schools in operation"),
    definition=_(
        "Schools of kindergarten to grade 12 in operation on the day, charter schools included, adult "
        "centers and offices not."
    ),
    unit="schools",
    at_a_day=True,
    owner=Role.LEAD,
    record_class=RecordClass.PUBLIC,
    numerator=_("K-12 schools in operation"),
    denominator="",
    example=Example(
        rows=_EXAMPLE,
        period=_PERIOD,
        value=5,
        records=("s1", "s2", "s3", "s7", "s8"),
        build=lambda rows: _build(rows, "school"),
    ),
)
def schools_in_operation(period: Period, scope: Scope) -> Rows:
    """K-12 schools in operation on the day."""
    return Rows(
        numerator=operating_schools(period.as_of, campus_id=scope.campus_id),
        collected=has_schools(),
        missing=_NONE_YET,
    )
