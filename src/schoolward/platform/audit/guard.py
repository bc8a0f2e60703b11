"""Before an event is appended: is the anchor still the one of this chain? If not, nothing is written.

A write beside a lost anchor would make a new one, and with it hide that the chain's tail may have
been cut. So the write is refused, until somebody has looked and has put the anchor back or made a
new one on the record (``schoolward audit re-anchor``; docs/decisions/0004).
"""

from __future__ import annotations

from datetime import datetime

from schoolward.platform.audit import anchor
from schoolward.platform.audit.models import Event
from schoolward.platform.health.database import address
from schoolward.platform.health.wording import counted

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


def lost_database() -> str:
    """The sentence about a database without tables beside an anchor that knows of events; else empty."""
    known = _anchored()
    if not known:
        return ""
    return (
        f"{address()} has no tables, but the audit's anchor {anchor.path()} knows of {_events(known)} "
        "of it: put the newest backup of the database back (docs/how-to/back-up-and-restore.md), or move the "
        "anchor away to begin anew."
    )


def lost_tail() -> str:
    """The sentence about a database that ends before its anchor does; else empty. Two quick looks."""
    known = _anchored()
    if not known:
        return ""
    last = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    if known <= last:
        return ""
    return (
        f"The audit's anchor {anchor.path()} knows of {_events(known)}, but the database ends at "
        f"{last:,}: what came after is gone; `schoolward audit verify` says more."
    )


def _anchored() -> int:
    """How many events the anchor knows of; none where it cannot be read, which others tell."""
    try:
        count, _head = anchor.newest() or (0, "")
    except OSError:
        return 0
    return count


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
    return counted(count, "event")
