"""The CSV of signals: as many questions to the database for many rows as for few."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms.models import AlarmSystem, Case, Signal


def test_more_signals_ask_no_more_questions(
    client_of: Any, receiver: Receiver, system: AlarmSystem, case: Case
) -> None:
    segment = receiver.frame("[#0012|Nri1/BA3]").commit()
    lead = client_of("lead")

    def signals(first: int, count: int) -> None:
        for index in range(first, first + count):
            Signal.objects.create(
                segment=segment,
                frame_index=0,
                event_index=index,
                digest=b"",
                system=system,
                campus=system.campus,
                case=case if index % 2 else None,
                zone=system.zones.first(),
                account="0012",
                received_at=NIGHT + timedelta(seconds=index),
                frame_sequence="0001",
                code="BA",
                zone_number="3",
                meaning="Burglary alarm",
                kind="burglary",
            )

    def exported() -> tuple[int, list[dict[str, str]]]:
        with CaptureQueriesContext(connection) as queries:
            body = b"".join(lead.get(reverse("alarms:signals") + "?export=csv")).decode()
        return len(queries), list(csv.DictReader(io.StringIO(body)))

    signals(0, 2)
    few, rows = exported()
    assert [row["Case"] for row in rows] == [case.number, ""]
    assert rows[0] == {
        "Received": (NIGHT + timedelta(seconds=1)).isoformat(),
        "Account": "0012",
        "Site": "Oak",
        "Code": "BA",
        "Meaning": "Burglary alarm",
        "Zone": "3",
        "Kind": "Burglary",
        "Sent again": "0",
        "Case": case.number,
    }
    signals(2, 30)
    many, rows = exported()
    assert (many, len(rows)) == (few, 32)
