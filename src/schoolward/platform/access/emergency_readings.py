"""What an emergency look disclosed: for whoever judges it, from the log of disclosures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schoolward.platform.access.breaking_glass import to_review
from schoolward.platform.access.disclosing import READ
from schoolward.platform.access.sealing import sealed_among
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event


@dataclass(frozen=True)
class Reading:
    """One reading by way of the emergency: when, which record, which fields; no content."""

    at: datetime
    record: str
    fields: tuple[str, ...]


def readings(*, emergency_id: int, by: Viewer) -> list[Reading]:
    """What was read by way of an emergency that waits for the viewer's judgement, in the order of reading.

    What the same person read by another right is not here, nor a record that was sealed since. Raises
    ``Emergency.DoesNotExist``, also for one's own and for one that is judged.
    """
    emergency = to_review(by).get(pk=emergency_id)
    events = Event.objects.filter(
        action=READ, subject=emergency.subject, detail__basis=f"emergency {emergency.pk}"
    ).order_by("sequence")
    found = [
        Reading(event.at, str(event.detail["record"]), tuple(event.detail["fields"])) for event in events
    ]
    hidden = sealed_among(reading.record for reading in found)
    return [reading for reading in found if reading.record not in hidden]
