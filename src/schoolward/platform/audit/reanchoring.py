"""A new anchor for a chain whose anchor is lost: only after the chain is verified, and on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from schoolward.platform.audit import anchor
from schoolward.platform.audit.actions import append_event, lock_chain
from schoolward.platform.audit.actor import Actor
from schoolward.platform.audit.guard import AnchorFault
from schoolward.platform.audit.models import REANCHORED, Event
from schoolward.platform.audit.verify import IN_CHAIN, Verification, verify

EVERY_LINE_AGREES = frozenset({"unanchored", "behind"})


class ReanchoringRefused(Exception):
    """There is nothing to mend, or a new anchor would seal a chain that is not whole."""


@dataclass(frozen=True)
class Reanchored:
    """What was done, and what nobody can prove any more."""

    event: Event
    set_aside: Path | None
    unproven: str


def reanchor(*, by: Actor, at: datetime, operator: str, command: str, reason: str) -> Reanchored:
    """Verify the chain inside the database, record the new beginning, and anchor it after the commit.

    The old anchor is kept: lines that agree with the chain stay where they are, any other file is moved
    aside. Raises :class:`ReanchoringRefused`, :class:`guard.AnchorFault` where the anchor is there and
    cannot be read, and ``OSError`` where the event is recorded and the new anchor cannot be written:
    then it can be called again.
    """
    with transaction.atomic():
        events, head = lock_chain()
        found = verify()
        kinds = _reasons(found)
        set_aside = None if kinds <= EVERY_LINE_AGREES else _beside(anchor.path(), at)
        event = append_event(
            REANCHORED,
            events=events,
            head=head,
            by=by,
            at=at,
            subject="audit:anchor",
            detail={
                "reason": reason,
                "operator": operator,
                "command": command,
                "events": events,
                "head": head,
                "faults": sorted(kinds),
                "anchored": found.anchored,
                "set_aside": set_aside.name if set_aside else "",
            },
        )
        # Not robust: whoever re-anchors has to hear that the anchor could not be written.
        transaction.on_commit(
            lambda: anchor.renew(count=event.sequence, head=event.hash, at=at, set_aside=set_aside)
        )
    return Reanchored(event, set_aside, _unproven(found, kinds))


def _reasons(found: Verification) -> frozenset[str]:
    """The kinds of what is wrong with the anchor, and with nothing else."""
    kinds = frozenset(fault.kind for fault in found.faults)
    if kinds & IN_CHAIN:
        raise ReanchoringRefused(
            f"The chain itself is not whole ({found.faults[0].words}); a new anchor would seal that. Keep "
            "the database as it is, and restore one whose chain is whole"
        )
    if not kinds:
        raise ReanchoringRefused("The anchor is there and is this chain's; there is nothing to mend")
    if "unusable" in kinds:
        raise AnchorFault(found.faults[0].words)
    return kinds


def _beside(file: Path, at: datetime) -> Path:
    return file.with_name(f"{file.name}.until-{at:%Y%m%dT%H%M%S%fZ}")


def _unproven(found: Verification, kinds: frozenset[str]) -> str:
    if "rewritten" in kinds:
        return (
            "The anchor that was there is another chain's, or this chain was written anew; which of the two "
            "it is, and whether newer events were cut off, cannot be proved."
        )
    if "cut" in kinds:
        return (
            f"Events {found.events + 1} to {found.anchored}, which the old anchor knows, are gone from this "
            "database; what they said cannot be proved."
        )
    proven = f"Events up to {found.anchored} are proved by the old anchor. " if found.anchored else ""
    return (
        f"{proven}Whether newer events were rewritten, or cut off after event {found.events}, cannot be "
        "proved: hold the chain against a copy of the old anchor (`schoolward audit verify --anchor COPY`)."
    )
