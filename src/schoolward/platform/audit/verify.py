"""Verification: walks the whole chain, then holds it against the anchor outside the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from schoolward.platform.audit import anchor
from schoolward.platform.audit.chain import GENESIS, event_hash
from schoolward.platform.audit.guard import LAG_ALLOWED, unusable
from schoolward.platform.audit.models import REANCHORED, Event

FAULTS_KEPT = 100  # enough to find the place; a rewritten table must not fill the memory
_CONTENT = (
    "account_id",
    "account_name",
    "membership_id",
    "agency_id",
    "role",
    "purpose",
    "action",
    "subject",
    "outcome",
    "detail",
)


# Faults that the database shows by itself, and those that only the anchor shows.
IN_CHAIN = frozenset({"edited", "deleted", "relinked"})
AT_ANCHOR = frozenset({"rewritten", "cut", "unanchored", "behind", "unusable"})


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, of a kind of :data:`IN_CHAIN` or :data:`AT_ANCHOR`."""

    kind: str
    sequence: int
    words: str


@dataclass
class Verification:
    """What a walk along the chain found."""

    events: int = 0
    head: str = GENESIS
    anchored: int = 0
    faults: list[Fault] = field(default_factory=list)
    faults_in_all: int = 0
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults_in_all

    def add(self, kind: str, sequence: int, words: str) -> None:
        """Count a fault, and keep it while there are few."""
        self.faults_in_all += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(Fault(kind, sequence, words))

    def as_json(self) -> dict[str, Any]:
        """The shape that scripts rely on."""
        return {
            "ok": self.ok,
            "events": self.events,
            "head": self.head,
            "anchored": self.anchored,
            "faults": [
                {"kind": fault.kind, "sequence": fault.sequence, "words": fault.words}
                for fault in self.faults
            ],
            "faults_in_all": self.faults_in_all,
            "warnings": self.warnings,
            "notes": self.notes,
        }


def verify(anchor_file: Path | None = None) -> Verification:
    """Check every event and every anchored head; memory does not grow with the chain.

    ``anchor_file`` checks against a copy of the anchor that was kept elsewhere.
    """
    found = Verification()
    _walk_chain(found)
    _hold_against_anchor(found, anchor_file)
    return found


def _walk_chain(found: Verification) -> None:
    last = 0
    for event in Event.objects.order_by("sequence").iterator(chunk_size=5_000):
        if event.sequence != last + 1:
            found.add("deleted", last + 1, f"{event.sequence - last - 1} events are gone from {last + 1} on")
        elif event.previous_hash != found.head:
            found.add("relinked", event.sequence, f"event {event.sequence} does not follow the one before it")
        expected = event_hash(
            previous_hash=event.previous_hash,
            sequence=event.sequence,
            at=event.at,
            content={name: getattr(event, name) for name in _CONTENT},
        )
        if expected != event.hash:
            found.add("edited", event.sequence, f"event {event.sequence} is not what was written")
        if event.action == REANCHORED:
            found.notes.append(
                f"the anchor was made anew at event {event.sequence}, on {localtime(event.at):%m/%d/%Y}: it "
                "does not show whether newer events were cut off before that"
            )
        found.events += 1
        found.head = event.hash
        last = event.sequence


def _hold_against_anchor(found: Verification, file: Path | None) -> None:
    has_line, unreadable = False, 0
    try:
        lines = anchor.read(file)
        while chunk := list(islice(lines, 500)):
            pairs = [pair for pair in chunk if pair]
            unreadable += len(chunk) - len(pairs)
            if pairs:
                has_line = True
                found.anchored = max(found.anchored, *(count for count, _head in pairs))
                _compare(found, pairs)
    except OSError as error:
        found.add("unusable", found.events, unusable(error))
        return
    # Asked after the anchor is read, because events go on being written meanwhile.
    last = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    behind = last - found.anchored
    if behind < 0:
        lost = f"the anchor knows {found.anchored} events, the database ends at {last}: the tail was cut off"
        found.add("cut", last + 1, lost)
    elif last and not has_line:
        found.add("unanchored", last, f"{last} events, but no anchor at {file or anchor.path()}")
    elif behind > LAG_ALLOWED and file is None:
        found.add("behind", last, f"the anchor ends at event {found.anchored}, {behind} before the chain")
    elif behind:
        # A copy of the anchor is as old as it is, and says so much about the events up to then.
        found.warnings.append(f"the newest {behind} events are not anchored yet")
    if unreadable:
        # Harmless: every later line pins all events before it. A loss of power can tear a line.
        found.warnings.append(f"{unreadable} unreadable lines in the anchor")


def _compare(found: Verification, pairs: list[tuple[int, str]]) -> None:
    counts = {count for count, _head in pairs}
    hashes = dict(Event.objects.filter(sequence__in=counts).values_list("sequence", "hash"))
    for count, head in pairs:
        if count in hashes and hashes[count] != head:
            found.add("rewritten", count, f"event {count} is not the one that was anchored")
