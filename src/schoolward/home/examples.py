"""Rows of worked examples that span domains."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps

from schoolward.domains.incidents.actions import IncidentDraft, record_incident
from schoolward.platform.access.viewer import Viewer

_KNOWN_FROM = date(2010, 10, 1)
"""The first day of the data: one incident at each untreated campus, before both windows."""
_FIRST = {"before": date(2011, 3, 1), "after": date(2012, 3, 1)}


def build_fixes(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make a campus with a school for each row, with its incidents on every other day from 1 March of two
    years, and a recommendation that was done and verified on the day that is given."""
    made: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        campus = _campus(row["site"], number)
        for side, first in _FIRST.items():
            for count in range(1, int(row[side]) + 1):
                incident = _incident(campus, first + timedelta(days=2 * count))
                if side == "after" and row["verified"]:
                    made[f"{row['site']} {count}"] = incident
        if row["verified"]:
            _verified(campus, date.fromisoformat(row["verified"]))
        else:
            _incident(campus, _KNOWN_FROM)
    return made


def _campus(name: str, number: int) -> Any:
    campus = apps.get_model("places", "Campus")._default_manager.create(
        name=name,
        slug=name.lower(),
        address=f"{number} {name} Street",
        address_key=f"{number} {name.upper()} ST",
    )
    school = apps.get_model("places", "School")._default_manager.create(
        cds_code=f"{number:014d}", name=name, kind="elementary"
    )
    campus.schools.add(school)
    return campus


def _incident(campus: Any, day: date) -> Any:
    at = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
    return record_incident(
        draft=IncidentDraft(occurred_at=at, category="vandalism", campus_id=campus.pk),
        by=Viewer.system(at=at, name="example"),
        at=at,
    )


def _verified(campus: Any, day: date) -> None:
    account = apps.get_model("access", "Account")._default_manager
    doer, verifier = (account.create(email=f"{name}@example.org", name=name) for name in ("doer", "verifier"))
    apps.get_model("work", "WorkItem")._default_manager.create(
        reference="example-1",
        title="Mend the gate",
        kind="recommendation",
        campus=campus,
        state="verified",
        proposed_on=date(2011, 9, 1),
        done_on=day,
        verified_on=day,
        done_by=doer,
        verified_by=verifier,
        evidence_count=1,
    )
