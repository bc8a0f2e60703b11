"""Before an event is appended: is the anchor still the one of this chain? If not, nothing is written.

A write beside a lost anchor would make a new one, and with it hide that the chain's tail may have
been cut. So the write is refused, until somebody has looked and has put the anchor back or made a
new one on the record (``schoolward audit re-anchor``; docs/decisions/0004).
"""

from __future__ import annotations

from datetime import datetime

from schoolward.platform.audit import anchor
from schoolward.platform.audit.models import Event

LAG_ALLOWED = 1_000
"""How many events may be committed and not yet anchored.

Those of transactions that run at this moment, or whose process was killed between the commit and
its line; the next commit anchors them. An anchor that is further behind was cut short, was put back
from an old backup, or has not been writable for long.
"""
RE_ANCHOR = '`schoolward audit re-anchor --reason "…"`'


class AnchorFault(Exception):
    """The anchor is not there, or is not this chain's: what has to be audited is refused. Says the mend."""


def check(*, events: int, head: str, at: datetime) -> None:
    """Raise :class:`AnchorFault` unless the anchor fits a chain of so many events that ends in ``head``.

    Called at the first event of a transaction, while no other writer can append. A chain that has no
    event yet gets its anchor here.
    """
    file = anchor.path()
    try:
        newest = _newest_or_none()
        if not events and newest is None:
            anchor.begin(at=at)
            return
    except OSError as error:
        raise AnchorFault(unusable(error)) from error
    if newest is None:
        raise AnchorFault(
            f"The audit's anchor {file} is gone or empty, though the database holds {_events(events)}; until "
            f"it is put back from a backup, or {RE_ANCHOR} makes a new one, nothing audited is written."
        )
    count, anchored = newest
    if count > events:
        raise AnchorFault(
            f"The audit's anchor {file} knows {_events(count)}, but the database ends at {events}; restore "
            f"the newer database, or say with {RE_ANCHOR} that this one goes on."
        )
    if count and anchored != (head if count == events else _hash(count)):
        raise AnchorFault(
            f"The audit's anchor {file} belongs to another chain than this database's; put the right "
            f"anchor there, or say with {RE_ANCHOR} that this chain goes on."
        )
    if events - count > LAG_ALLOWED:
        raise AnchorFault(
            f"The audit's anchor {file} ends at event {count}, but the database holds {_events(events)}; put "
            f"the newest anchor there, or say with {RE_ANCHOR} that there is none."
        )


def unusable(error: OSError) -> str:
    """The sentence about an anchor that cannot be read or written."""
    return (
        f"The audit's anchor {anchor.path()} cannot be used ({error.strerror}); give the account that runs "
        "Schoolward this file and room on its disk, or set SCHOOLWARD_AUDIT_ANCHOR to another place."
    )


def _newest_or_none() -> tuple[int, str] | None:
    try:
        return anchor.newest()
    except FileNotFoundError:
        return None


def _hash(sequence: int) -> str | None:
    return Event.objects.filter(sequence=sequence).values_list("hash", flat=True).first()


def _events(count: int) -> str:
    return f"{count} event" if count == 1 else f"{count:,} events"
