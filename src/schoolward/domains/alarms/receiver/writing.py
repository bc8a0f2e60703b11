"""The one writer of a receiver: takes what has queued, commits it as one segment, and gives it back.

There is no timer. While a commit waits for the disk, frames pile up; the next commit takes them all. So a
single frame waits for one commit, and a thousand share one. Nothing is given back before its commit returned.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event

from schoolward.domains.alarms.journal import Flag, segment_hash
from schoolward.domains.alarms.receiver.notes import Note, Outage
from schoolward.domains.alarms.receiver.portions import MOST_FRAMES, portions, with_flag
from schoolward.domains.alarms.receiver.receiving import Entry, note_entry
from schoolward.domains.alarms.receiver.spool import Spool
from schoolward.domains.alarms.receiver.storing import Segment, Store, StoreDown
from schoolward.domains.alarms.receiver.storing.store import Execute, utc

log = logging.getLogger(__name__)

SECONDS_BETWEEN_TRIES = 0.25
#: How long a receiver that was told to end waits for a database that does not answer.
SECONDS_TO_GIVE_UP = 5.0


@dataclass(slots=True)
class Batch:
    """Frames that arrived in one turn of the loop, and when."""

    entries: list[Entry]
    received: float


@dataclass(slots=True)
class Guarded:
    """A transaction of its own: what ``decide`` writes and the notes it returns stand or fall together."""

    decide: Callable[[Store, Execute], list[Note]]


@dataclass(slots=True)
class Heard:
    """When systems were last heard."""

    rows: list[tuple[int, float]]


class NameInUse(Exception):
    """Somebody else appends to the chain of this name."""


@dataclass(slots=True)
class Outcome:
    """What the writer tells the loop: these are durable, and may be acknowledged."""

    entries: list[Entry]
    received: list[tuple[float, int]]
    """When they arrived, and how many at once."""
    seconds: float
    spooled: bool = False


@dataclass
class Writer:
    """Runs in a thread of its own (`run`), with a store of its own."""

    name: str
    open_store: Callable[[], Store]
    spool: Spool
    stored: Callable[[Outcome], None]
    """Called in the writer's thread when frames are durable."""
    outage: Callable[[float], None]
    """Called in the writer's thread when the database stops answering (since when), and with 0 when back."""
    failed: Callable[[BaseException], None]
    """Called in the writer's thread when it cannot go on."""
    spools: bool = False
    queue: SimpleQueue[Batch | Guarded | Heard | None] = field(default_factory=SimpleQueue)
    stopping: Event = field(default_factory=Event)
    _store: Store | None = None
    _sequence: int = 0
    _hash: bytes = b""
    _unsure: Segment | None = None
    _down_since: float = 0.0
    _next_try: float = 0.0
    _spooled: int = 0

    def start(self) -> None:
        """Connect, and store what an earlier run spooled. Raises what is wrong with the database."""
        self._connect()
        self._drain_spool()

    def begin_down(self, error: StoreDown) -> float:
        """Begin while the database does not answer; it is tried again once `run` runs. Returns since when."""
        self._down_since = time.time()
        log.warning("the database does not answer: %s", error)
        return self._down_since

    def run(self) -> None:
        """Write until ``None`` comes out of the queue; all that was queued before it is stored then."""
        try:
            self._run()
        except BaseException as error:
            self.failed(error)
        finally:
            if self._store is not None:
                self._store.close()

    def _run(self) -> None:
        while True:
            item: Batch | Guarded | Heard | None
            try:
                item = self.queue.get(timeout=None if self._store else SECONDS_BETWEEN_TRIES)
            except Empty:
                self._try_again()
                continue
            batches: list[Batch] = []
            count = 0
            while isinstance(item, Batch):
                batches.append(item)
                count += len(item.entries)
                if count >= MOST_FRAMES:
                    break
                try:
                    item = self.queue.get_nowait()
                except Empty:
                    break
            if batches:
                self._write(batches)
            if item is None:
                return
            if not isinstance(item, Batch):
                self._write_besides(item)

    def _write(self, batches: list[Batch]) -> None:
        entries = batches[0].entries
        if len(batches) > 1:
            entries = [entry for batch in batches for entry in batch.entries]
        received = [(batch.received, len(batch.entries)) for batch in batches]
        for some in portions(entries):
            self._write_segment(some, received)
            received = []

    def _write_segment(self, entries: list[Entry], received: list[tuple[float, int]]) -> None:
        payload = b"".join([entry[0] for entry in entries])
        begun = time.monotonic()
        segment = self._segment(len(entries), payload)
        while True:
            store = self._store or self._try_again()
            if store is not None:
                if self._hash == segment.hash:
                    break  # committed after all; only the word of it had been lost
                if self._hash != segment.previous_hash:
                    segment = self._segment(len(entries), payload)
                self._unsure = segment
                try:
                    store.append(segment)
                except StoreDown as error:
                    self._lose(error)
                    continue
                self._advance(segment)
                break
            if self.spools and self._spool(entries):
                self.stored(Outcome(entries, received, time.monotonic() - begun, spooled=True))
                return
            if self.stopping.is_set() and time.monotonic() - begun > SECONDS_TO_GIVE_UP:
                log.error("the database does not answer; %d frames were not acknowledged", len(entries))
                return
            time.sleep(SECONDS_BETWEEN_TRIES)
        self.stored(Outcome(entries, received, time.monotonic() - begun))

    def _segment(self, frames: int, payload: bytes) -> Segment:
        number = self._sequence + 1
        digest = segment_hash(previous=self._hash, receiver=self.name, sequence=number, payload=payload)
        return Segment(self.name, number, utc(time.time()), frames, payload, self._hash, digest)

    def _advance(self, segment: Segment) -> None:
        self._sequence, self._hash, self._unsure = segment.sequence, segment.hash, None

    def _write_besides(self, item: Guarded | Heard) -> None:
        """Write what is no frame. In an outage it is dropped: whoever asked for it asks again."""
        store = self._store
        if store is None:
            return
        try:
            if isinstance(item, Heard):
                store.heard(item.rows)
            else:
                self._write_guarded(store, item)
        except StoreDown as error:
            self._lose(error)

    def _write_guarded(self, store: Store, item: Guarded) -> None:
        segment = None
        with store.transaction() as execute:
            notes = item.decide(store, execute)
            if notes:
                entries = [note_entry(note, time.time()) for note in notes]
                segment = self._segment(len(entries), b"".join([entry[0] for entry in entries]))
                self._unsure = segment
                store.add(execute, segment)
        if segment is not None:
            self._advance(segment)

    # --- outages ----------------------------------------------------------------------------------

    def _connect(self) -> Store:
        store = self.open_store()
        try:
            number, digest = store.head(self.name)
            unsure = self._unsure
            known = {self._hash, unsure.hash if unsure else b""}
            if self._hash and digest not in known:
                raise NameInUse(f"another receiver has written under the name {self.name}")
        except BaseException:
            store.close()
            raise
        self._sequence, self._hash, self._unsure = number, digest, None
        self._store = store
        return store

    def _lose(self, error: StoreDown) -> None:
        """The database stopped answering: whoever is told pauses reading, unless frames can be spooled."""
        if self._store is not None:
            self._store.close()
            self._store = None
        if not self._down_since:
            self._down_since = time.time()
            log.warning("the database does not answer: %s", error)
            self.outage(self._down_since)

    def _try_again(self) -> Store | None:
        """Connect again, unless that was tried a moment ago; then bring over what was spooled."""
        begun = time.monotonic()
        if begun < self._next_try:
            return None
        try:
            self._connect()
            self._drain_spool()
            since, spooled = self._down_since, self._spooled
            self._down_since, self._spooled = 0.0, 0
            policy = "spool" if self.spools else "hold"
            note = note_entry(Outage(policy, int(since * 1e6), int(time.time() * 1e6), spooled), time.time())
            self._append(1, note[0])
        except StoreDown as error:
            self._lose(error)
            # An attempt that takes long, takes the time of frames that could be spooled.
            took = time.monotonic() - begun
            self._next_try = time.monotonic() + max(SECONDS_BETWEEN_TRIES, 2 * took)
            return None
        log.warning("the database answers again")
        self.outage(0.0)
        return self._store

    def _append(self, frames: int, payload: bytes) -> None:
        store = self._store
        if store is None:
            raise StoreDown("not connected")
        segment = self._unsure = self._segment(frames, payload)
        store.append(segment)
        self._advance(segment)

    def _spool(self, entries: list[Entry]) -> bool:
        marked = b"".join([with_flag(entry[0], Flag.SPOOLED) for entry in entries])
        try:
            self.spool.append(len(entries), marked)
        except OSError as error:
            log.error("the spool cannot be written: %s", error)
            return False
        self._spooled += len(entries)
        return True

    def _drain_spool(self) -> None:
        """Store what was spooled, in order. If that ends halfway, it begins anew: twice is not lost."""
        if not self.spool.size:
            return
        for frames, payload in self.spool.pieces():
            self._append(frames, payload)
        self.spool.clear()
