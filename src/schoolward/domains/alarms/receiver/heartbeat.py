"""When systems were last heard, from memory into the database: every few seconds, in one statement.

A system whose time is about to run out by what the database knows is written at once, because the one who
watches deadlines may be another receiver, and looks there.
"""

from __future__ import annotations

import time
from collections import deque

from schoolward.domains.alarms.receiver.accounts import Accounts, System
from schoolward.domains.alarms.receiver.notes import LinkRestored, Note
from schoolward.domains.alarms.receiver.status import Status
from schoolward.domains.alarms.receiver.storing import Store
from schoolward.domains.alarms.receiver.storing.store import Execute
from schoolward.domains.alarms.receiver.writing import Guarded, Heard, Writer

SECONDS_BETWEEN_FLUSHES = 5.0
#: Rows of one statement: more would keep an acknowledgement waiting.
MOST_ROWS = 5_000


class Heartbeat:
    """Collects who was heard. It lives in the loop's thread."""

    def __init__(self, accounts: Accounts, writer: Writer, status: Status) -> None:
        self._accounts = accounts
        self._writer = writer
        self._status = status
        self._flushed_at = time.time()
        # A deque, because the thread that refreshes accounts adds to it as well.
        self._restored: deque[int] = deque()
        self.heard: dict[int, System] = {}
        """Supervised systems that were heard and are not flushed yet."""
        self.urgent = False

    def restored(self, system: System) -> None:
        """A lost system was heard."""
        self._restored.append(system.id)

    def hear(self, system: System) -> None:
        """A supervised system was heard, just now."""
        self.heard[system.id] = system
        if system.heard > system.flushed + system.supervision - SECONDS_BETWEEN_FLUSHES - 1.0:
            self.urgent = True

    def beat(self, now: float) -> None:
        """Flush what is due. While the database does not answer, everything waits."""
        if self._status.down_since:
            return
        if self._restored:
            back = {self._restored.popleft() for _ in range(len(self._restored))}
            self._note_restored(sorted(back), now)
        if self.urgent or now - self._flushed_at >= SECONDS_BETWEEN_FLUSHES:
            self.flush_all(now)

    def flush_all(self, now: float) -> None:
        """Hand everybody who was heard since the last time to the writer."""
        self._flushed_at, self.urgent = now, False
        heard, self.heard = self.heard, {}
        rows = []
        for system in heard.values():
            system.flushed = system.heard
            rows.append((system.id, round(system.heard, 3)))
        rows.sort()
        for start in range(0, len(rows), MOST_ROWS):
            self._writer.queue.put(Heard(rows[start : start + MOST_ROWS]))

    def _note_restored(self, systems: list[int], now: float) -> None:
        def decide(store: Store, execute: Execute) -> list[Note]:
            # Only those that the database has as lost: another receiver may have heard them first.
            back = store.mark_restored(execute, systems, now)
            return [LinkRestored(back)] if back else []

        self._writer.queue.put(Guarded(decide))
