"""The worked example of the measures: one site, one system, some nights of cases, closings and openings."""

from __future__ import annotations

from datetime import date, datetime
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
)
from schoolward.platform.measures.registry import Example

ROWS = """
    row | what     | when             | disposition | police | verified
    ----|----------|------------------|-------------|--------|---------
    c1  | closing  | 2012-08-31 22:00 |             |        |
    o1  | opening  | 2012-09-01 06:00 |             |        |
    c2  | closing  | 2012-09-03 22:00 |             |        |
    A   | burglary | 2012-09-04 02:00 | false       | yes    | no
    B   | burglary | 2012-09-04 04:00 | crime       | yes    | yes
    o2  | opening  | 2012-09-04 06:00 |             |        |
    C   | hold_up  | 2012-09-04 11:00 | unfounded   | yes    | no
    D   | burglary | 2012-09-04 15:00 | test        | no     | no
    E   | trouble  | 2012-09-04 16:00 | technical   | no     | no
    c3  | closing  | 2012-09-04 22:00 |             |        |
    F   | burglary | 2012-09-05 03:00 |             | no     | no
    o3  | opening  | 2012-09-05 06:00 |             |        |
    G   | burglary | 2012-08-20 03:00 | false       | yes    | no
"""
"""Armed in the period: 6 h of the first night, 8 h of the second, 8 h of the third. D was a test, E a fault
and no activation, F is not closed yet, G lies before the period. One system stands for all six days."""

PERIOD = (date(2012, 9, 1), date(2012, 9, 6), date(2012, 9, 6))


def example(value: float | None, *records: str) -> Example:
    """The example with what one measure makes of it."""
    return Example(rows=ROWS, period=PERIOD, value=value, records=records, build=build)


def build(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make a case of each alarm and a signal of each opening and closing; return each by its first column."""
    campus: Any = Case._meta.get_field("campus").related_model
    site = campus._default_manager.create(
        name="North", slug="north", address="North Street", address_key="NORTH ST"
    )
    system = AlarmSystem.objects.create(
        line=Line.objects.create(name="example"), account="0001", campus=site, changed_at=_moment(rows[0])
    )
    segment = JournalSegment.objects.create(
        receiver="example",
        sequence=1,
        stored_at=_moment(rows[0]),
        frames=len(rows),
        payload=b"example",
        previous_hash=bytes(32),
        hash=bytes(32),
    )
    return {
        row["row"]: _signal(row, index, system, segment)
        if row["what"] in (SignalKind.OPENING, SignalKind.CLOSING)
        else _case(row, system)
        for index, row in enumerate(rows)
    }


def _signal(row: dict[str, str], index: int, system: AlarmSystem, segment: JournalSegment) -> Signal:
    return Signal.objects.create(
        segment=segment,
        frame_index=index,
        event_index=0,
        digest=bytes(16),
        system=system,
        campus_id=system.campus_id,
        account=system.account,
        received_at=_moment(row),
        frame_sequence=f"{index:04d}",
        code="OP" if row["what"] == SignalKind.OPENING else "CL",
        kind=row["what"],
    )


def _case(row: dict[str, str], system: AlarmSystem) -> Case:
    at = _moment(row)
    is_closed = bool(row["disposition"])
    return Case.objects.create(
        number=f"example-{row['row']}",
        kind=CaseKind.ALARM,
        signal_kind=row["what"],
        state=CaseState.CLOSED if is_closed else CaseState.WAITING,
        system=system,
        campus_id=system.campus_id,
        title=f"Example {row['row']}",
        opened_at=at,
        opened_on=timezone.localdate(at),
        last_signal_at=at,
        signal_count=1,
        police_dispatched_at=at if row["police"] == "yes" else None,
        verified_before_dispatch=row["verified"] == "yes",
        disposition=row["disposition"],
        cause="unknown" if is_closed else "",
        closed_at=at if is_closed else None,
    )


def _moment(row: dict[str, str]) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(row["when"]))
