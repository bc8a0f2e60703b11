"""The worked example of the measures: two schools, a few records, brought in as a user brings them in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from schoolward.domains.incidents.models import Incident
from schoolward.domains.places import queries as places
from schoolward.domains.places.actions.calendar import put_enrolment
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run
from schoolward.platform.measures.registry import Example

_AT = datetime(2012, 9, 6, 19, 0, tzinfo=UTC)
_SCHOOLS = (
    ("cds_code", "name", "kind", "level", "charter", "address", "lat", "lon", "opened", "closed"),
    ("34670000000001", "North", "High", "High", "N", "10 First Street", "38.50", "-121.50", "1980-07-01", ""),
    (
        *("34670000000002", "South", "Elementary", "K-6", "N", "20 First Street"),
        *("38.40", "-121.50", "1980-07-01", "2012-08-31"),
    ),
)
_STUDENTS = 2000

ROWS = """
    id | when             | address         | lat    | lon     | category
    ---|------------------|-----------------|--------|---------|----------
    1  | 2012-09-04 08:15 | 10 1ST ST       |        |         | theft
    2  | 2012-09-04 16:00 | 10 First Street | 38.52  | -121.50 | assault
    3  | 2012-09-05 12:00 | 5 Side Way      | 38.502 | -121.50 | vandalism
    4  | 2012-09-05 12:00 | 6 Side Way      | 38.503 | -121.50 | vandalism
    5  | 2012-09-05 12:00 | 20 First Street | 38.40  | -121.50 | theft
    6  | 2012-09-01 09:00 | 10 First Street | 38.50  | -121.50 | non_crime
    7  | 2012-06-01 09:00 | 20 First Street | 38.40  | -121.50 | theft
"""
"""1: by address, in school hours. 2: at the address though geocoded 2 km off, after hours. 3: 222 m from
North. 4: 334 m. 5: South had closed. 6: a Saturday, no crime, at North's point. 7: before the period."""

PERIOD = (date(2012, 9, 1), date(2012, 9, 6), date(2012, 9, 6))


def example(value: float | None, *records: str) -> Example:
    """The example with what one measure makes of it."""
    return Example(rows=ROWS, period=PERIOD, value=value, records=records, build=build)


def build(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Import schools and records; return each record by its first column."""
    by = Viewer.system(at=_AT, name="example")
    run("schools", _csv(_SCHOOLS), by=by, at=_AT)
    for school in places.operating_schools(date(2012, 9, 6)):
        put_enrolment(school=school, school_year=2012, students=_STUDENTS, source="example", invented=True)
    header = ("incident_number", "occurred_at", "address", "latitude", "longitude", "category")
    table = [header, *(tuple(row.values()) for row in rows)]
    report = run("incidents", _csv(table), by=by, at=_AT)
    if report.rejected:
        raise ValueError(f"the example has a bad row: {report.rejected[0]}")
    return {incident.source_key: incident for incident in Incident.objects.all()}


def _csv(rows: Iterable[tuple[str, ...]]) -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return io.BytesIO(text.getvalue().encode())
