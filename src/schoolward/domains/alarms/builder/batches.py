"""What stands in a batch of the journal: segments not read yet, their frames, and how far it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from schoolward.domains.alarms import journal
from schoolward.domains.alarms.builder.decoding import Item
from schoolward.domains.alarms.builder.routing import Source
from schoolward.domains.alarms.builder.segments import Segment
from schoolward.domains.alarms.models import Case, CaseKind, ReadPosition
from schoolward.domains.alarms.receiver import notes

MOST_UNKNOWN = 50
"""New unknown accounts of a line on a day that get a case each; further ones share one, so that whoever
invents accounts cannot bury the desk."""


def unread_of(segments: Sequence[Segment]) -> tuple[list[Segment], list[tuple[Segment, Source]]]:
    """The segments beyond the read positions, which stay locked; and gaps before them."""
    receivers = sorted({segment.receiver for segment in segments})
    rows = ReadPosition.objects.select_for_update().filter(receiver__in=receivers).order_by("receiver")
    positions = {row.receiver: row.sequence for row in rows}
    unread: list[Segment] = []
    missing: list[tuple[Segment, Source]] = []
    for segment in sorted(segments, key=lambda one: (one.receiver, one.sequence)):
        read = positions.get(segment.receiver, 0)
        if segment.sequence <= read:
            continue
        if segment.sequence != read + 1:
            title = f"The journal of {segment.receiver} lacks what was before segment {segment.sequence}"
            key = f"missing:{segment.receiver}:{segment.sequence}"
            missing.append((segment, Source(key, CaseKind.RECEIVER, title)))
        positions[segment.receiver] = segment.sequence
        unread.append(segment)
    return unread, missing


def items_of(segments: Sequence[Segment]) -> tuple[list[Item], list[tuple[Segment, Source]]]:
    """The records of the segments. A payload that cannot be read gets a case, and never stops the rest."""
    items: list[Item] = []
    damaged: list[tuple[Segment, Source]] = []
    for segment in segments:
        try:
            for index, record in enumerate(journal.unpack(segment.payload)):
                items.append(Item(segment.pk, segment.receiver, segment.sequence, index, record))
        except journal.JournalDamaged as error:
            title = f"Segment {segment.sequence} of {segment.receiver} is damaged: {error}"
            key = f"damaged:{segment.receiver}:{segment.sequence}"
            damaged.append((segment, Source(key, CaseKind.RECEIVER, title)))
    return items, damaged


def passed_by(segments: Sequence[Segment], why: str) -> tuple[list[Item], list[tuple[Segment, Source]]]:
    """Segments that made the builder fail: a fault of ours, which must not hide what comes after."""
    return [], [
        (
            segment,
            Source(
                f"damaged:{segment.receiver}:{segment.sequence}",
                CaseKind.RECEIVER,
                f"{segment.frames} frames of {segment.receiver}, segment {segment.sequence}, not read: {why}",
            ),
        )
        for segment in segments
    ]


def noted_systems(items: list[Item]) -> set[int]:
    found: set[int] = set()
    for item in items:
        if isinstance(item.note, notes.SupervisionLost | notes.LinkRestored):
            found.update(item.note.systems)
        elif isinstance(item.note, notes.SequenceGap | notes.Runaway):
            found.add(item.note.system)
    return found


def crowded_lines(items: list[Item]) -> frozenset[str]:
    """Lines with so many unknown accounts today that further ones share a case."""
    unknown = {
        (item.record.line, item.account, timezone.localdate(item.record.received_at))
        for item in items
        if item.system is None and item.envelope is not None and not item.refused
    }
    new = Counter((line, day) for line, _account, day in unknown)
    crowded = set()
    for (line, day), count in new.items():
        prefix = f"unknown:{day}:{line}:"
        present = Case.objects.filter(source_key__startswith=prefix, opened_on=day).count()
        if present + count > MOST_UNKNOWN:
            crowded.add(line)
    return frozenset(crowded)


def move_on(segments: Sequence[Segment], at: datetime) -> None:
    last: dict[str, int] = {}
    for segment in segments:
        last[segment.receiver] = max(segment.sequence, last.get(segment.receiver, 0))
    for receiver, sequence in sorted(last.items()):
        ReadPosition.objects.update_or_create(
            receiver=receiver, defaults={"sequence": sequence, "read_at": at}
        )
