"""Writes months of closed cases, as the tests about fewer false alarms need them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from tests.domain.alarms.journal_writer import make_case

from schoolward.domains.alarms.models import AlarmSystem, Case, JournalSegment, Signal, SignalKind, Zone


def moment(day: date, clock: str = "18:30") -> datetime:
    """The local moment."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def closed(zone: Zone, day: date, clock: str = "18:30", **fields: Any) -> Case:
    """A false alarm of the zone by heating, closed; the fields change that."""
    at = moment(day, clock)
    values: dict[str, Any] = {
        "number": f"{day:%Y%m%d}-{Case.objects.count() + 1:04d}",
        "zone": zone,
        "state": "closed",
        "disposition": "false",
        "cause": "hvac",
        "opened_at": at,
        "opened_on": day,
        "last_signal_at": at,
        "closed_at": at + timedelta(minutes=20),
    }
    return make_case(zone.system, **(values | fields))


def arming(system: AlarmSystem, *events: tuple[str, datetime]) -> None:
    """Openings and closings that the system sent: ``("closing", moment)``."""
    segment, _made = JournalSegment.objects.get_or_create(
        receiver="history",
        sequence=1,
        defaults={
            "stored_at": events[0][1],
            "frames": 1,
            "payload": b"",
            "previous_hash": bytes(32),
            "hash": bytes(32),
        },
    )
    begun = Signal.objects.count()
    Signal.objects.bulk_create(
        Signal(
            segment=segment,
            frame_index=begun + index,
            event_index=0,
            digest=b"%016d" % (begun + index),
            system=system,
            campus=system.campus,
            account=system.account,
            received_at=at,
            frame_sequence="1",
            code="CL" if kind == SignalKind.CLOSING else "OP",
            kind=kind,
        )
        for index, (kind, at) in enumerate(events)
    )
