"""Rows of worked examples made into visits, contracts and tallies. All of them are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from schoolward.domains.cases.models import (
    AttendanceDay,
    BoardContract,
    CentreVisit,
    DiversionTally,
    TruancyDeed,
    Youth,
    of_youth,
)
from schoolward.platform.access.models import Agency, AgencyKind, RecordClass
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


def _youth() -> Youth:
    agency, _made = Agency.objects.get_or_create(
        key="example",
        defaults={
            "name": "Example",
            "kind": AgencyKind.COMMUNITY,
            "created_at": datetime(2010, 9, 1, tzinfo=UTC),
        },
    )
    return Youth.objects.create(
        agency=agency,
        record_class=RecordClass.EDUCATION,
        legal_name="Invented Person",
        born_on=date(1998, 3, 1),
        entered_on=date(2011, 1, 1),
        invented=True,
    )


def _each(rows: list[dict[str, str]], label: str) -> list[tuple[str, dict[str, str]]]:
    return [(f"{row[label]} {n}", row) for row in rows for n in range(1, int(row["times"]) + 1)]


def _inside() -> Any:
    return within(Viewer.system(at=timezone.now(), name="example"))


def build_visits(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one visit a student."""
    made: dict[str, Any] = {}
    with _inside():
        for name, row in _each(rows, "visit"):
            arrived = datetime.fromisoformat(f"{row['on']}T17:00:00+00:00")
            left = arrived + timedelta(hours=3) if row["went"] else None
            made[name] = CentreVisit.objects.create(
                **of_youth(_youth()),
                arrived_at=arrived,
                brought_by="parent",
                from_where="home",
                legal_basis="asked",
                left_at=left,
                released_to=row["went"],
                invented=True,
            )
    return made


def build_contracts(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make contracts with the review board."""
    made: dict[str, Any] = {}
    with _inside():
        for name, row in _each(rows, "contract"):
            ends = date.fromisoformat(row["ends"])
            made[name] = BoardContract.objects.create(
                **of_youth(_youth()),
                signed_on=ends - timedelta(days=90),
                ends_on=ends,
                outcome=row["outcome"],
                outcome_on=ends if row["outcome"] else None,
                invented=True,
            )
    return made


def build_tallies(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make tallies of diversion."""
    return {
        row["tally"]: DiversionTally.objects.create(
            quarter=date.fromisoformat(row["quarter"]),
            counted=date.fromisoformat(row["quarter"]),
            group=row["group"],
            stage=row["stage"],
            reason=row["reason"],
            number=int(row["number"]),
            invented=True,
        )
        for row in rows
    }


def build_days(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make students with so many days of school up to June 2012, the first of them absent."""
    made: dict[str, Any] = {}
    with _inside():
        for name, row in _each(rows, "student"):
            youth = made[name] = _youth()
            AttendanceDay.objects.bulk_create(
                AttendanceDay(
                    **of_youth(youth),
                    on=date(2012, 2, 1) + timedelta(days=number),
                    mark="absent" if number < int(row["absent"]) else "present",
                    told_at=timezone.now(),
                    invented=True,
                )
                for number in range(int(row["enrolled"]))
            )
    return made


def build_series(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make students with so many days present of the 45 before 15 February 2012 and of the 45 after it.

    Whoever came has a visit on the day that is given; of the others it is the young person who is returned.
    """
    made: dict[str, Any] = {}
    middle = date(2012, 2, 15)
    with _inside():
        for name, row in _each(rows, "student"):
            youth = made[name] = _youth()
            there = {
                **{middle - timedelta(days=number): number <= int(row["before"]) for number in range(1, 46)},
                middle: True,
                **{middle + timedelta(days=number): number <= int(row["after"]) for number in range(1, 46)},
            }
            AttendanceDay.objects.bulk_create(
                AttendanceDay(
                    **of_youth(youth),
                    on=day,
                    mark="present" if is_there else "absent",
                    told_at=timezone.now(),
                    invented=True,
                )
                for day, is_there in there.items()
            )
            if row["came"]:
                made[name] = CentreVisit.objects.create(
                    **of_youth(youth),
                    arrived_at=datetime.fromisoformat(f"{row['came']}T17:00:00+00:00"),
                    brought_by="parent",
                    from_where="home",
                    legal_basis="asked",
                    invented=True,
                )
    return made


def build_releases(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make visits that are over, with a parent who was told so many minutes after a release to an officer."""
    made: dict[str, Any] = {}
    with _inside():
        for name, row in _each(rows, "release"):
            arrived = datetime.fromisoformat(f"{row['on']}T17:00:00+00:00")
            left = arrived + timedelta(hours=1)
            told = left + timedelta(minutes=int(row["minutes"])) if row["minutes"].isdigit() else None
            made[name] = CentreVisit.objects.create(
                **of_youth(_youth()),
                arrived_at=arrived,
                brought_by="parent",
                from_where="home",
                legal_basis="asked",
                left_at=left,
                released_to=row["to"],
                parent_told_at=told,
                notice_exempt=row["minutes"] == "exempt",
                invented=True,
            )
    return made


def build_notices(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make students absent without an excuse on so many days up to 1 March 2012, and the notice home."""
    made: dict[str, Any] = {}
    with _inside():
        for name, row in _each(rows, "student"):
            youth = made[name] = _youth()
            AttendanceDay.objects.bulk_create(
                AttendanceDay(
                    **of_youth(youth),
                    on=date(2012, 3, 1) - timedelta(days=number),
                    mark="absent",
                    excused=False,
                    told_at=timezone.now(),
                    invented=True,
                )
                for number in range(int(row["unexcused"]))
            )
            if row["notified"]:
                TruancyDeed.objects.create(
                    **of_youth(youth), kind="notice", on=date.fromisoformat(row["notified"]), invented=True
                )
    return made
