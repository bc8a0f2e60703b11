"""Rows of a worked example made into a site with one system, its signals and its cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from schoolward.domains.alarms.models import (
    AlarmSystem,
    Case,
    CaseKind,
    CaseState,
    JournalSegment,
    Line,
    Signal,
    SignalKind,
    Zone,
)


def moment(row: dict[str, str]) -> datetime:
    """When the row happened, by the district's clock."""
    return timezone.make_aware(datetime.fromisoformat(row["when"]))


def ground(at: datetime, *, frames: int) -> tuple[AlarmSystem, JournalSegment]:
    """One site with one system, and the segment that its frames lie in."""
    campus: Any = Case._meta.get_field("campus").related_model
    site = campus._default_manager.create(
        name="North", slug="north", address="North Street", address_key="NORTH ST"
    )
    system = AlarmSystem.objects.create(
        line=Line.objects.create(name="example"), account="0001", campus=site, changed_at=at
    )
    segment = JournalSegment.objects.create(
        receiver="example",
        sequence=1,
        stored_at=at,
        frames=frames,
        payload=b"example",
        previous_hash=bytes(32),
        hash=bytes(32),
    )
    return system, segment


def signal(row: dict[str, str], index: int, system: AlarmSystem, segment: JournalSegment) -> Signal:
    """An opening, a closing or a link test of the system."""
    codes = {SignalKind.OPENING.value: "OP", SignalKind.CLOSING.value: "CL"}
    return Signal.objects.create(
        segment=segment,
        frame_index=index,
        event_index=0,
        digest=bytes(16),
        system=system,
        campus_id=system.campus_id,
        account=system.account,
        received_at=moment(row),
        frame_sequence=f"{index:04d}",
        code=codes.get(row["what"], "RP"),
        kind=row["what"],
    )


def case(row: dict[str, str], system: AlarmSystem, zone: Zone | None = None) -> Case:
    """What was set off, and how it ended; open where the row has no disposition."""
    at = moment(row)
    is_closed = bool(row["disposition"])
    return Case.objects.create(
        number=f"example-{row['row']}",
        kind=CaseKind.ALARM,
        signal_kind=row["what"],
        state=CaseState.CLOSED if is_closed else CaseState.WAITING,
        system=system,
        campus_id=system.campus_id,
        zone=zone,
        title=f"Example {row['row']}",
        opened_at=at,
        opened_on=timezone.localdate(at),
        last_signal_at=at,
        signal_count=1,
        police_dispatched_at=at if row.get("police") == "yes" else None,
        verified_before_dispatch=row.get("verified") == "yes",
        disposition=row["disposition"],
        cause=row.get("cause", "unknown") if is_closed else "",
        closed_at=at if is_closed else None,
    )
