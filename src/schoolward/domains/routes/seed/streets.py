"""Invented barriers in every state, crossings with counts and guards, and a walking bus."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, time, timedelta
from importlib.resources import files
from typing import Any

from schoolward.domains.routes import actions
from schoolward.domains.routes.models import Barrier, Crossing
from schoolward.domains.routes.seed.people import as_role, noon
from schoolward.domains.work import actions as work
from schoolward.platform.access.models import Agency
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext

#: How far a barrier of the file goes, in order.
REACHES = ("reported", "accepted", "waiting", "refused", "agreed", "scheduled", "closed")


def make_barriers(campuses: Sequence[Any], context: SeedContext) -> int:
    """Take each barrier of the file as far as it says, by the actions of the pages."""
    text = (files("schoolward.domains.routes") / "data" / "demonstration_barriers.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for row in rows:
        campus = campuses[int(row["school"]) % len(campuses)]
        found = date.fromisoformat(row["found"])
        barrier = actions.report_barrier(
            campus_id=campus.pk,
            kind=row["kind"],
            title=row["title"],
            place=row["place"],
            longitude=round(campus.longitude + float(row["dx"]), 6),
            latitude=round(campus.latitude + float(row["dy"]), 6),
            owner=row["owner"],
            severity=row["severity"],
            time_of_day=row["time_of_day"],
            found_on=found,
            invented=True,
            by=as_role(Role.SAFE_ROUTES, context),
            at=noon(found),
        )
        _take_on(barrier, row, found, context)
    return len(rows)


def _take_on(barrier: Barrier, row: dict[str, str], found: date, context: SeedContext) -> None:
    by, reaches = as_role(Role.SAFE_ROUTES, context), row["reaches"]
    if reaches == "declined":
        actions.decide_barrier(
            barrier_id=barrier.pk,
            move="decline",
            reason="The animal control office knows and answers for it.",
            by=by,
            at=noon(found + timedelta(days=6)),
        )
        return
    far = REACHES.index(reaches)
    if far >= REACHES.index("accepted"):
        actions.decide_barrier(
            barrier_id=barrier.pk, move="accept", by=by, at=noon(found + timedelta(days=9))
        )
    if far < REACHES.index("waiting"):
        return
    sent = found + timedelta(days=20)
    made = actions.recommend(
        barrier_id=barrier.pk,
        countermeasure=row["countermeasure"],
        text=f"{row['title']}: please put it right.",
        estimate_cents=int(row["dollars"]) * 100,
        by=by,
        at=noon(sent),
    )
    if reaches == "waiting":
        return
    answered = sent + timedelta(days=40)
    refused = reaches == "refused"
    actions.answer_recommendation(
        recommendation_id=made.pk,
        answer="refused" if refused else "agreed",
        text="Staff cannot be spared in the morning." if refused else "",
        by=by,
        at=noon(answered),
    )
    if far < REACHES.index("scheduled"):
        return
    made = actions.open_work_for(recommendation_id=made.pk, by=by, at=noon(answered + timedelta(days=5)))
    _do(made.work_id or 0, int(row["dollars"]) * 100, answered, reaches == "closed", context)


def _do(item_id: int, cents: int, answered: date, done: bool, context: SeedContext) -> None:
    lead, engineer = as_role(Role.LEAD, context), as_role(Role.SAFE_ROUTES, context)
    day = answered + timedelta(days=20)
    work.accept(item_id=item_id, due=day + timedelta(days=400), by=lead, at=noon(day))
    day += timedelta(days=60)
    work.fund(item_id=item_id, amount_cents=cents, money_source="City street fund", by=lead, at=noon(day))
    planned = day + timedelta(days=70) if done else context.today + timedelta(days=45)
    work.schedule(item_id=item_id, planned_on=planned, by=engineer, at=noon(day + timedelta(days=10)))
    if not done:
        return
    work.complete(item_id=item_id, actual_cents=cents, by=engineer, at=noon(planned))
    work.add_evidence(
        item_id=item_id,
        text="Walked the corner with the principal; it is done as asked. Invented.",
        by=engineer,
        at=noon(planned + timedelta(days=1)),
    )
    work.verify(item_id=item_id, by=lead, at=noon(planned + timedelta(days=8)))


#: Crossings by school: control, lanes, width, vehicles, pupils and gaps of the morning, turning, and guards.
_CROSSINGS = (
    ("none", 2, 36.0, 430, 44, 41, 0, 1),
    ("none", 2, 34.0, 210, 26, 82, 0, 0),
    ("stop", 4, 60.0, 560, 38, None, 0, 1),
    ("signal", 4, 84.0, 900, 52, None, 330, 1),
    ("none", 4, 62.0, 640, 31, None, 0, 0),
)
_FROM = date(2012, 8, 27)


def make_crossings(campuses: Sequence[Any], context: SeedContext) -> None:
    """Crossings at the first five sites, counted on two hours of a day, some with a post and its guards."""
    by = as_role(Role.SAFE_ROUTES, context)
    agency = Agency.objects.filter(key="city").first() or Agency.objects.order_by("pk").first()
    for campus, told in zip(campuses, _CROSSINGS, strict=False):
        control, lanes, width, vehicles, pupils, gaps, turning, guards = told
        crossing = actions.keep_crossing(
            campus_id=campus.pk,
            values={
                "place": "Corner by the school (invented)",
                "longitude": round(campus.longitude + 0.0009, 6),
                "latitude": round(campus.latitude + 0.0005, 6),
                "control": control,
                "lanes": lanes,
                "divided": False,
                "width_ft": width,
                "has_refuge": False,
                "rural": False,
                "speed_85_mph": 33.0,
                "controlled_within_ft": 900.0,
            },
            invented=True,
            by=by,
            at=context.at,
        )
        for begins, part in ((time(7, 30), 1.0), (time(14, 15), 0.9)):
            actions.keep_count(
                crossing_id=crossing.pk,
                day=date(2012, 5, 15),
                begins=begins,
                minutes=60,
                vehicles=round(vehicles * part),
                turning=round(turning * part),
                pupils=round(pupils * part),
                rows=2,
                gaps=gaps,
                invented=True,
                by=by,
                at=context.at,
            )
        if guards and agency is not None:
            _post(crossing, agency, campus is not campuses[2], by, context)


def _post(crossing: Crossing, agency: Agency, is_filled: bool, by: Viewer, context: SeedContext) -> None:
    post = actions.keep_post(
        crossing_id=crossing.pk,
        agency_id=agency.pk,
        values={
            "morning_begins": time(7, 30),
            "morning_ends": time(8, 15),
            "afternoon_begins": time(14, 15),
            "afternoon_ends": time(15, 0),
            "guards": 1,
            "valid_from": _FROM,
            "valid_to": None,
            "note": "",
        },
        invented=True,
        by=by,
        at=context.at,
    )
    actions.assign_guard(
        post_id=post.pk,
        valid_from=_FROM,
        shift="both" if is_filled else "morning",
        invented=True,
        by=by,
        at=context.at,
    )


def make_bus(campus: Any, context: SeedContext) -> None:
    """One walking bus with a vetted leader, another whose vetting is wanting, and walks of the last days."""
    by = as_role(Role.SAFE_ROUTES, context)
    bus = actions.keep_bus(
        campus_id=campus.pk,
        name="North stops (invented)",
        capacity=18,
        pupils_per_leader=9,
        valid_from=_FROM,
        invented=True,
        by=by,
        at=context.at,
    )
    lon, lat = campus.longitude, campus.latitude
    actions.set_stops(
        bus_id=bus.pk,
        stops=[
            actions.Stop("First stop, at the park", lon - 0.006, lat + 0.007, time(7, 35)),
            actions.Stop("Second stop, at the library", lon - 0.003, lat + 0.004, time(7, 43)),
            actions.Stop("School", lon, lat, time(7, 55)),
        ],
        by=by,
        at=context.at,
    )
    leaders = []
    for role, until in ((Role.PROVIDER, date(2013, 7, 31)), (Role.PROGRAM_COORDINATOR, None)):
        held = as_role(role, context).account_id
        if held is not None:
            leaders.append(
                actions.keep_leader(
                    bus_id=bus.pk,
                    account_id=held,
                    vetted_on=date(2012, 8, 1) if until else None,
                    vetted_until=until,
                    valid_from=_FROM,
                    invented=True,
                    by=by,
                    at=context.at,
                )
            )
    if not leaders:
        return
    for ago, pupils in ((8, 7), (7, 8), (6, 6), (2, 9)):
        day = context.today - timedelta(days=ago)
        if day.weekday() in bus.weekdays and day >= _FROM:
            actions.keep_run(
                bus_id=bus.pk,
                day=day,
                pupils=pupils,
                leader_ids=[leaders[0].pk],
                invented=True,
                by=by,
                at=noon(context.today),
            )
