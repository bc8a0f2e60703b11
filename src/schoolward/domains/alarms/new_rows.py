"""Rows that are about to be written, as plain values: a model takes ten times as long to make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from schoolward.domains.alarms.models import EntryKind, SignalKind
from schoolward.platform.access.models import RecordClass


@dataclass(slots=True)
class NewSignal:
    """A row of ``models.Signal``: the same names, the same defaults."""

    segment_id: int
    frame_index: int
    event_index: int
    digest: bytes
    account: str
    received_at: datetime
    frame_sequence: str
    kind: SignalKind
    code: str = ""
    meaning: str = ""
    system_id: int | None = None
    campus_id: int | None = None
    case_id: int | None = None
    zone_id: int | None = None
    panel_at: datetime | None = None
    qualifier: str = ""
    zone_number: str = ""
    partition: str = ""
    user_number: str = ""
    text: str = ""
    is_restore: bool = False
    is_test: bool = False
    repeats: int = 0
    repeated_at: datetime | None = None
    flags: list[str] = field(default_factory=list)
    record_class: str = RecordClass.FACILITY.value
    generated: bool = False


@dataclass(slots=True)
class NewEntry:
    """A row of ``models.CaseEntry``, written by the builder."""

    case_id: int
    kind: EntryKind
    at: datetime
    by_name: str
    text: str
    detail: dict[str, Any]
    by_id: int | None = None
    step_id: int | None = None
