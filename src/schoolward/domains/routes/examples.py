"""Rows of worked examples made into tallies and barriers. All of them are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps

from schoolward.domains.routes.models import (
    Barrier,
    BarrierState,
    BarrierStep,
    ClassTally,
)

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
