"""Jumps in a panel's numbers, judged where the journals of all receivers come together.

A receiver notes the numbers that it has not seen itself. Where several share the panels, another may have
had them: only what none had is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from schoolward.domains.alarms.builder.decoding import Item
from schoolward.domains.alarms.models import Signal, SignalKind
from schoolward.domains.alarms.receiver.notes import SequenceGap

WINDOW = timedelta(minutes=30)
"""Less than any panel takes for all of its 9,999 numbers."""
LAST = 9999
MOST_NAMED = 5


def judge(items: Sequence[Item]) -> None:
    """Set what each note of a gap comes to: the numbers that no receiver had. The systems are known."""
    noted = [item for item in items if isinstance(item.note, SequenceGap)]
    if not noted:
        return
    heard = _heard(items, noted)
    for item in noted:
        assert isinstance(item.note, SequenceGap)  # noqa: S101 - as chosen above
        at = item.record.received_at
        here = {number for number, when in heard[item.note.system] if abs(when - at) <= WINDOW}
        item.missing = [number for number in between(item.note.after, item.note.at) if number not in here]


def between(after: int, at: int) -> list[int]:
    """The numbers after one and before the other, as panels count: 1 follows 9999."""
    return [(after + step - 1) % LAST + 1 for step in range(1, (at - after) % LAST)]


def in_words(numbers: Sequence[int]) -> str:
    """``6``, ``6 to 8`` or ``6, 8 to 10``; what comes after a few is counted."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] % LAST + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    named = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:MOST_NAMED]]
    return ", ".join(named) + (f" and {len(runs) - MOST_NAMED} more gaps" if runs[MOST_NAMED:] else "")


def _heard(items: Iterable[Item], noted: Sequence[Item]) -> dict[int, list[tuple[int, datetime]]]:
    """By system: the numbers that came, and when; in this batch, and in those before it."""
    systems = {item.note.system for item in noted if isinstance(item.note, SequenceGap)}
    heard: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for item in items:
        if item.envelope is None or item.system is None or item.refused:
            continue
        sent = item.envelope.sequence
        if sent.isdigit():  # what counts in hexadecimal has no gaps, here as in the receiver
            heard[item.system.pk].append((int(sent), item.record.received_at))
    times = [item.record.received_at for item in noted]
    rows = Signal.objects.filter(
        system_id__in=systems,
        received_at__gte=min(times) - WINDOW,
        received_at__lte=max(times) + WINDOW,
        event_index=0,
    ).exclude(kind=SignalKind.SECURITY)
    for system, number, at in rows.values_list("system_id", "frame_sequence", "received_at"):
        if system is not None and number.isdigit():
            heard[system].append((int(number), at))
    return heard
