"""Rows of worked examples made into tallies and barriers. All of them are invented."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps

from schoolward.domains.places import queries as places
from schoolward.domains.places.actions.calendar import put_enrolment
from schoolward.domains.routes.models import (
    Barrier,
    BarrierState,
    BarrierStep,
    ClassTally,
    Collision,
    plain_key,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run

_AT = datetime(2012, 9, 6, 19, 0, tzinfo=UTC)


def _site(name: str) -> Any:
    campus = apps.get_model("places.Campus")
    made, _new = campus.objects.get_or_create(
        slug=name.lower(),
        defaults={"name": name, "address": f"1 {name} Street", "address_key": f"1 {name.upper()} ST"},
    )
    return made


def build_tallies(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One tally a row: class, day, and hands by mode."""
    made: dict[str, Any] = {}
    for row in rows:
        day = date.fromisoformat(row["day"])
        made[row["tally"]] = ClassTally.objects.create(
            campus=_site(row["site"]),
            class_label=row["class"],
            class_key=plain_key(row["class"]),
            grade="3",
            enrolled=60,
            day=day,
            weekday=day.weekday(),
            direction=row["direction"],
            weather="sunny",
            walk=int(row["walk"]),
            bike=int(row["bike"]),
            family_vehicle=int(row["car"]),
            recorded_at=_AT,
        )
    return made


def build_barriers(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One barrier a row, with the days on which it was accepted, closed and reopened, or declined."""
    made: dict[str, Any] = {}
    for row in rows:
        barrier = Barrier.objects.create(
            reference=f"example-{row['barrier']}",
            campus=_site("Oak"),
            kind="crossing",
            title=f"Example {row['barrier']}",
            place="Oak Street and First Avenue",
            longitude=-121.5,
            latitude=38.5,
            found_on=date(2012, 1, 10),
        )
        steps = [(date(2012, 1, 10), BarrierState.REPORTED)]
        for column, state in (
            ("accepted", BarrierState.ACCEPTED),
            ("closed", BarrierState.CLOSED),
            ("reopened", BarrierState.ACCEPTED),
            ("declined", BarrierState.DECLINED),
        ):
            if row[column]:
                steps.append((date.fromisoformat(row[column]), state))
        for number, (day, state) in enumerate(steps, start=1):
            BarrierStep.objects.create(
                barrier=barrier,
                number=number,
                from_state=steps[number - 2][1] if number > 1 else "",
                to_state=state,
                reason="Example.",
                at=_AT,
                on=day,
                by_name="example",
            )
        state = steps[-1][1]
        barrier.state = state
        if row["accepted"]:
            barrier.accepted_on = date.fromisoformat(row["accepted"])
        if state == BarrierState.CLOSED:
            barrier.closed_on = steps[-1][0]
        barrier.save()
        made[row["barrier"]] = barrier
    return made


COLLISION_ROWS = """
    id | day        | lat    | lon     | severity | walking | cycling | near school in operation
    ---|------------|--------|---------|----------|---------|---------|-------------------------
    1  | 2012-05-08 | 38.501 | -121.50 | 1        | Y       |         | 111 m
    2  | 2007-09-07 | 38.503 | -121.50 | 2        |         | Y       | 334 m, the first day
    3  | 2010-02-03 | 38.400 | -121.50 | 2        | Y       |         | 0 m
    4  | 2007-09-06 | 38.501 | -121.50 | 1        | Y       |         | 111 m, a day too early
    5  | 2012-05-08 | 38.504 | -121.50 | 1        | Y       |         | 445 m, too far
    6  | 2012-05-08 | 38.501 | -121.50 | 3        | Y       |         | 111 m, not grave
    7  | 2012-05-08 | 38.501 | -121.50 | 1        |         |         | 111 m, nobody on foot
    8  | 2012-05-08 |        |         | 1        | Y       |         | no position
"""


def build_collisions(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Two schools with 1,000 students each, and collisions imported in the state's layout."""
    by = Viewer.system(at=_AT, name="example")
    schools = (
        "cds_code,name,kind,level,charter,address,lat,lon,opened,closed\n"
        "34670000000001,North,High,High,N,10 First Street,38.50,-121.50,1980-07-01,\n"
        "34670000000002,South,Elementary,K-6,N,20 First Street,38.40,-121.50,1980-07-01,\n"
    )
    run("schools", io.BytesIO(schools.encode()), by=by, at=_AT)
    for school in places.operating_schools(date(2012, 9, 6)):
        put_enrolment(school=school, school_year=2012, students=1000, source="example", invented=False)
    header = "CASE_ID,COLLISION_DATE,POINT_Y,POINT_X,COLLISION_SEVERITY,PEDESTRIAN_ACCIDENT,BICYCLE_ACCIDENT"
    lines = [header, *(",".join(list(row.values())[:7]) for row in rows), ""]
    report = run("collisions", io.BytesIO("\n".join(lines).encode()), by=by, at=_AT)
    if report.rejected:
        raise ValueError(f"the example has a bad row: {report.rejected[0]}")
    return {collision.number: collision for collision in Collision.objects.all()}
