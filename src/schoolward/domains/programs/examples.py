"""Rows of a worked example made into programs with offerings, sessions and checks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schoolward.domains.programs.models import (
    FidelityCheck,
    Observer,
    Offering,
    Program,
    Provider,
    Session,
    SessionState,
)
from schoolward.platform.access.models import Agency, AgencyKind


def build_sessions(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one session a row, of a program of the row's kind; programs of one name are one program."""
    return {
        row["session"]: _session(row, _offering(row, seats=None, registered=None), number)
        for number, row in enumerate(rows, start=1)
    }


def build_offerings(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one offering a row."""
    return {
        row["offering"]: _offering(row, seats=_number(row["seats"]), registered=_number(row["registered"]))
        for row in rows
    }


def build_checks(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one checklist a row."""
    made = {}
    for row in rows:
        offering = _offering({**row, "kind": "curriculum"}, seats=None, registered=None)
        made[row["check"]] = FidelityCheck.objects.create(
            offering=offering,
            instrument="Lesson checklist",
            observer=Observer.PEER,
            on=date.fromisoformat(row["on"]),
            items_observed=int(row["observed"]),
            items_met=int(row["met"]),
        )
    return made


def _offering(row: dict[str, str], *, seats: int | None, registered: int | None) -> Offering:
    then = datetime(2010, 9, 1, tzinfo=UTC)
    agency, _made = Agency.objects.get_or_create(
        key="example", defaults={"name": "Example", "kind": AgencyKind.COMMUNITY, "created_at": then}
    )
    provider, _made = Provider.objects.get_or_create(
        key="example", defaults={"name": "Example", "agency": agency}
    )
    kind = row["kind"]
    program, _made = Program.objects.get_or_create(
        key=f"example-{kind}", defaults={"title": f"Example {kind}", "kind": kind, "provider": provider}
    )
    cancelled = date.fromisoformat(row["cancelled"]) if row.get("cancelled") else None
    return Offering.objects.create(
        program=program,
        number=program.offerings.count() + 1,
        place="A place",
        starts_on=date.fromisoformat(row.get("from") or "2012-07-01"),
        ends_on=date.fromisoformat(row.get("to") or "2013-06-30"),
        seats=seats,
        registered=registered,
        cancelled_on=cancelled,
        cancel_reason="staff" if cancelled else "",
    )


def _session(row: dict[str, str], offering: Offering, number: int) -> Session:
    held = row["state"] == SessionState.HELD
    return Session.objects.create(
        offering=offering,
        number=number,
        on=date.fromisoformat(row["on"]),
        minutes_planned=int(row.get("planned") or 50),
        state=row["state"],
        cancel_reason="staff" if row["state"] == SessionState.CANCELLED else "",
        minutes_held=int(row.get("minutes") or 50) if held else None,
        attended=int(row.get("came") or 0) if held else None,
        expected=_number(row.get("expected", "")),
    )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
