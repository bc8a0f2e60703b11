"""Keeps what a receiver knows of lines, systems and lost links as the database has it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from schoolward.domains.alarms.receiver.accounts import Accounts
from schoolward.domains.alarms.receiver.heartbeat import Heartbeat
from schoolward.domains.alarms.receiver.known_copy import KnownCopy
from schoolward.domains.alarms.receiver.status import Status
from schoolward.domains.alarms.receiver.storing import Store, StoreDown
from schoolward.domains.alarms.receiver.supervision import Supervision

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 2.0
#: A receiver that knows its accounts from nowhere yet keeps everybody waiting.
SECONDS_BETWEEN_FIRST_LOOKS = 0.25
SECONDS_BETWEEN_COPIES = 10.0
SECONDS_BETWEEN_COUNTS = 60.0
#: A transaction may commit a change that it made this long ago.
OVERLAP = 30.0


class Refreshing:
    """Runs in a thread of its own (`run`), with a store of its own."""

    def __init__(
        self,
        accounts: Accounts,
        open_store: Callable[[], Store],
        supervision: Supervision,
        heartbeat: Heartbeat,
        status: Status,
        copy: KnownCopy,
        loaded: Callable[[], None],
    ) -> None:
        self.stop = threading.Event()
        self._status = status
        self._copy = copy
        self._copied = -1
        self._copied_at = -SECONDS_BETWEEN_COPIES
        self._loaded = loaded
        self._accounts = accounts
        self._open_store = open_store
        self._supervision = supervision
        self._heartbeat = heartbeat
        self._store: Store | None = None
        self._looked = 0.0
        self._counted = 0.0

    def load(self) -> None:
        """Read everything. Raises what is wrong with the database."""
        store = self._store = self._open_store()
        self._looked = self._counted = time.time()
        self._accounts.set_lines(store.lines())
        rows = list(store.systems())
        changed = self._accounts.take(rows)
        self._accounts.keep_only({row.id for row in rows})
        for system, heard, lost in store.links():
            known = self._accounts.by_id.get(system)
            if known is not None:
                known.flushed, known.lost = heard, lost is not None
        self._status.knows_from = "database"
        log.info("%d panels are known", len(rows))
        self._supervision.watch(changed)

    def load_copy(self) -> bool:
        """Take over the last-known copy, where there is one: the database does not answer."""
        found = self._copy.read()
        if found is None:
            return False
        lines, systems = found
        self._accounts.set_lines(lines)
        self._accounts.take(systems)
        self._status.knows_from = "copy"
        return True

    def run(self) -> None:
        """Look every two seconds until told to stop; an outage leaves everything as it is known."""
        while not self.stop.wait(self._pause()):
            try:
                if self._status.knows_from != "database":
                    self.load()
                    self._loaded()
                elif self._store is None:
                    self._store = self._open_store()
                if self._store is not None:
                    self.look(self._store, time.time())
                self._keep_copy()
            except StoreDown:
                self._close()
            except Exception:
                log.exception("accounts could not be refreshed; what is known stays in force")
        self._close()

    def _pause(self) -> float:
        known = self._status.knows_from == "database"
        return SECONDS_BETWEEN_LOOKS if known else SECONDS_BETWEEN_FIRST_LOOKS

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _keep_copy(self) -> None:
        """Write the last-known copy anew where something has changed, at most every ten seconds."""
        version = self._accounts.version
        if version == self._copied or time.monotonic() - self._copied_at < SECONDS_BETWEEN_COPIES:
            return
        self._copied_at = time.monotonic()
        try:
            self._copy.write(*self._accounts.rows())
        except OSError as error:
            log.warning("the copy of the accounts cannot be written: %s", error)
        self._copied = version

    def look(self, store: Store, now: float) -> None:
        """Take over what changed since the last look."""
        since, self._looked = self._looked - OVERLAP, now
        self._accounts.set_lines(store.lines())
        changed = self._accounts.take(store.systems(since))
        if now - self._counted >= SECONDS_BETWEEN_COUNTS:
            self._counted = now
            if store.count_of_systems() != len(self._accounts.by_id):
                rows = list(store.systems())
                changed += self._accounts.take(rows)
                self._accounts.keep_only({row.id for row in rows})
        if changed:
            self._supervision.watch(changed)
        for number, lost_at in store.lost(since):
            system = self._accounts.by_id.get(number)
            if system is not None:
                if system.heard > lost_at:
                    self._heartbeat.restored(system)
                else:
                    system.lost = True
