"""Verification: walks the whole chain, then holds it against the anchor outside the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.utils.timezone import localtime

from schoolward.platform.audit import anchor
from schoolward.platform.audit.chain import GENESIS, event_hash
from schoolward.platform.audit.guard import LAG_ALLOWED, unusable
from schoolward.platform.audit.models import REANCHORED, Event
from schoolward.platform.health.database import is_damaged
from schoolward.platform.health.wording import counted

PAGE = 5_000
LARGEST_SEQUENCE = 2**63 - 1  # on SQLite a text is larger than any number: such a row is none of the chain's
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
    head: str | None = GENESIS
    for sequence, event in _events():
        if sequence != last + 1:
            gone = sequence - last - 1
            are = "is" if gone == 1 else "are"
            found.add("deleted", last + 1, f"{counted(gone, 'event')} {are} gone from {last + 1} on")
        elif event and head is not None and event.previous_hash != head:
            found.add("relinked", sequence, f"event {sequence} does not follow the one before it")
        expected = _hash_of(event) if event else None
        if event is None or expected is None:
            found.add("edited", sequence, f"event {sequence} cannot be read, so it is not what was written")
        elif expected != event.hash:
            found.add("edited", sequence, f"event {sequence} is not what was written")
        elif event.action == REANCHORED:
            found.notes.append(
                f"the anchor was made anew at event {sequence}, on {localtime(event.at):%m/%d/%Y}: it "
                "does not show whether newer events were cut off before that"
            )
        found.events += 1
        head = event.hash if event and isinstance(event.hash, str) else _stored_hash(sequence)
        found.head = head or found.head
        last = sequence


def _events() -> Iterator[tuple[int, Event | None]]:
    """Every event by its sequence; ``None`` for a row that no event can be made of."""
    chain = Event.objects.filter(sequence__lte=LARGEST_SEQUENCE).order_by("sequence")
    last = 0
    while True:
        page = chain.filter(sequence__gt=last)[:PAGE]
        try:
            rows: list[tuple[int, Event | None]] = [(event.sequence, event) for event in page]
        except Exception as error:
            _raise_what_is_no_row(error)
            sequences = list(page.values_list("sequence", flat=True))
            rows = [(sequence, _readable(sequence)) for sequence in sequences]
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _readable(sequence: int) -> Event | None:
    try:
        return Event.objects.get(sequence=sequence)
    except Exception as error:
        _raise_what_is_no_row(error)
        return None


def _raise_what_is_no_row(error: Exception) -> None:
    """Raise an error that says nothing about a row: the file is damaged, or the server has gone."""
    if isinstance(error, DatabaseError) and (is_damaged(error) or not connection.is_usable()):
        raise error


def _hash_of(event: Event) -> str | None:
    """The hash that the event's content gives; ``None`` for values that no event was ever written with."""
    try:
        return event_hash(
            previous_hash=event.previous_hash,
            sequence=event.sequence,
            at=event.at,
            content={name: getattr(event, name) for name in _CONTENT},
        )
    except (AttributeError, OverflowError, TypeError, ValueError):
        return None


def _stored_hash(sequence: int) -> str | None:
    """The hash that stands in the row, where that at least can be read."""
    try:
        stored = Event.objects.values_list("hash", flat=True).get(sequence=sequence)
    except Exception as error:
        _raise_what_is_no_row(error)
        return None
    return stored if isinstance(stored, str) else None


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
    sequences = Event.objects.filter(sequence__lte=LARGEST_SEQUENCE).values_list("sequence", flat=True)
    last = sequences.order_by("-sequence").first() or 0
    behind = last - found.anchored
    if behind < 0:
        known = counted(found.anchored, "event")
        lost = f"the anchor knows {known}, the database ends at {last:,}: the tail was cut off"
        found.add("cut", last + 1, lost)
    elif last and not has_line:
        found.add("unanchored", last, f"{counted(last, 'event')}, but no anchor at {file or anchor.path()}")
    elif behind > LAG_ALLOWED and file is None:
        found.add("behind", last, f"the anchor ends at event {found.anchored}, {behind} before the chain")
    elif behind:
        # A copy of the anchor is as old as it is, and says so much about the events up to then.
        newest = "the newest event is" if behind == 1 else f"the newest {counted(behind, 'event')} are"
        found.warnings.append(f"{newest} not anchored yet")
    if unreadable:
        # Harmless: every later line pins all events before it. A loss of power can tear a line.
        found.warnings.append(f"{counted(unreadable, 'unreadable line')} in the anchor")


def _compare(found: Verification, pairs: list[tuple[int, str]]) -> None:
    counts = {count for count, _head in pairs}
    try:
        stored = Event.objects.filter(sequence__in=counts).values_list("sequence", "hash")
        hashes: dict[int, str | None] = dict(stored)
    except Exception as error:
        _raise_what_is_no_row(error)
        hashes = {count: _stored_hash(count) for count in counts}
    for count, head in pairs:
        # What cannot be read has been found already, on the walk.
        if (stored_hash := hashes.get(count)) is not None and stored_hash != head:
            found.add("rewritten", count, f"event {count} is not the one that was anchored")
