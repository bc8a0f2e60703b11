"""Segments of the journal that have not been read, of all receivers, the oldest first."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from schoolward.domains.alarms.models import JournalSegment, ReadPosition
from schoolward.domains.alarms.queries.systems import receivers

MOST_FRAMES = 1_000
"""Segments are taken together up to so many frames: each transaction costs a write to the disk."""
MOST_SEGMENTS = 200
RECEIVERS_KEPT = 1.0
"""Seconds for which the list of receivers holds; a new one is seen after that."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment as it is to be read."""

    pk: int
    receiver: str
    sequence: int
    stored_at: datetime
    frames: int
    payload: bytes


class Unread:
    """Finds what has not been read. One per process."""

    def __init__(self) -> None:
        self._receivers: list[str] = []
        self._looked_at = 0.0

    def next(self) -> list[Segment]:
        """The next segments: at least one if there is any, up to a thousand frames."""
        now = time.monotonic()
        if not self._receivers or now - self._looked_at > RECEIVERS_KEPT:
            self._receivers = receivers()
            self._looked_at = now
        if not self._receivers:
            return []
        positions = dict(ReadPosition.objects.values_list("receiver", "sequence"))
        wanted = Q()
        for receiver in self._receivers:
            read = positions.get(receiver, 0)
            # Both ends, so that the index is read from the position on and no further.
            wanted |= Q(receiver=receiver, sequence__gt=read, sequence__lte=read + MOST_SEGMENTS)
        heads = list(
            JournalSegment.objects.filter(wanted)
            .order_by("receiver", "sequence")
            .values_list("pk", "receiver", "sequence", "stored_at", "frames")
        )
        if not heads:
            return []
        chosen = [head[0] for head in _in_turn(heads)]
        rows = JournalSegment.objects.filter(pk__in=chosen).values_list(
            "pk", "receiver", "sequence", "stored_at", "frames", "payload"
        )
        found = {row[0]: Segment(*row[:5], bytes(row[5])) for row in rows}
        return [found[pk] for pk in chosen]


def _in_turn(
    heads: list[tuple[int, str, int, datetime, int]],
) -> list[tuple[int, str, int, datetime, int]]:
    """The oldest first, but those of one receiver in their own order."""
    queues: dict[str, deque[tuple[int, str, int, datetime, int]]] = {}
    for head in heads:
        queues.setdefault(head[1], deque()).append(head)
    chosen: list[tuple[int, str, int, datetime, int]] = []
    frames = 0
    while queues and len(chosen) < MOST_SEGMENTS:
        receiver = min(queues, key=lambda name: (queues[name][0][3], name))
        head = queues[receiver][0]
        if chosen and frames + head[4] > MOST_FRAMES:
            break
        chosen.append(queues[receiver].popleft())
        frames += head[4]
        if not queues[receiver]:
            del queues[receiver]
    return chosen
