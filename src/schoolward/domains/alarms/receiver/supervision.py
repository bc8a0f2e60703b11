"""Notices within a second that a system was not heard from in its time. One process at a time does it.
Each says here too that it runs (`presence`).

Whoever holds the lease ``supervision`` keeps all deadlines in memory. Before a loss is raised the database is
asked, because another receiver may have heard the system. The loss is written in one transaction with a look
at the lease's fence: a holder that slept through its end writes nothing any more.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from schoolward.domains.alarms.presence import SECONDS_BETWEEN_PRESENCE, SECONDS_OF_PRESENCE
from schoolward.domains.alarms.receiver.accounts import Accounts, System
from schoolward.domains.alarms.receiver.notes import Note, SupervisionLost
from schoolward.domains.alarms.receiver.status import Status
from schoolward.domains.alarms.receiver.storing import Store, StoreDown
from schoolward.domains.alarms.receiver.storing.store import Execute
from schoolward.domains.alarms.receiver.wheel import Wheel
from schoolward.domains.alarms.receiver.writing import Guarded, Writer

log = logging.getLogger(__name__)

LEASE = "supervision"
SECONDS_OF_LEASE = 1.0
SECONDS_BETWEEN_TICKS = 0.25
#: What another receiver heard just before the deadline takes this long into the database.
GRACE = 0.25
#: Systems of one note: a record of the journal has at most 65,535 bytes.
MOST_IN_A_NOTE = 5_000
_ARMED_AT_ONCE = 2_000


class Supervision:
    """Runs in a thread of its own (`run`), with a store of its own."""

    def __init__(
        self,
        holder: str,
        accounts: Accounts,
        open_store: Callable[[], Store],
        writer: Writer,
        status: Status,
    ) -> None:
        self.stop = threading.Event()
        self._holder = holder
        self._accounts = accounts
        self._open_store = open_store
        self._writer = writer
        self._status = status
        self._store: Store | None = None
        self._fence: int | None = None
        self._wheel = Wheel()
        self._changed: list[System] = []
        self._said_here = 0.0

    def watch(self, systems: list[System]) -> None:
        """Systems that are supervised anew or otherwise; their silence counts from now on."""
        self._changed.extend(systems)

    def run(self) -> None:
        """Take the lease when it is free, and watch while it is held."""
        while not self.stop.is_set():
            begun = time.monotonic()
            try:
                self._turn(time.time())
            except StoreDown as error:
                if self._store is not None:  # said once; the writer says when it is back
                    log.warning("supervision waits for the database: %s", error)
                self._give_up()
                self.stop.wait(SECONDS_BETWEEN_TICKS)
            except Exception:
                log.exception("supervision begins anew")
                self._give_up()
                self.stop.wait(1.0)
            self.stop.wait(max(0.0, SECONDS_BETWEEN_TICKS - (time.monotonic() - begun)))
        self._end()

    def _turn(self, now: float) -> None:
        store = self._store
        if store is None:
            store = self._store = self._open_store()
        if now - self._said_here >= SECONDS_BETWEEN_PRESENCE:
            self._said_here = now
            store.say_here(self._holder, SECONDS_OF_PRESENCE)
        if self._fence is None:
            self._fence = store.take_lease(LEASE, self._holder, SECONDS_OF_LEASE)
            if self._fence is None:
                return
            self._take_over(store, self._fence)
        elif not store.renew_lease(LEASE, self._fence, SECONDS_OF_LEASE):
            self._fence = None
            self._status.leads = False
            return
        self._arm_changed(now)
        self._look(store, self._fence, time.time())

    def _take_over(self, store: Store, fence: int) -> None:
        """Begin with what the database knows. A system's silence counts from now: nobody listened before."""
        log.info("%s watches the links", self._holder)
        known = {system: (heard, lost) for system, heard, lost in store.links()}
        now = time.time()
        self._wheel = Wheel()
        self._changed.clear()
        for number, system in enumerate(list(self._accounts.by_id.values())):
            if system.supervision:
                heard, lost = known.get(system.id, (0.0, None))
                system.heard = max(system.heard, heard)
                system.lost = lost is not None
                system.watched_since = now
                self._wheel.arm(system, now + system.supervision + GRACE)
            if number % _ARMED_AT_ONCE == _ARMED_AT_ONCE - 1:
                time.sleep(0.0005)  # the loop's turn
                if number % (50 * _ARMED_AT_ONCE) == 50 * _ARMED_AT_ONCE - 1:
                    store.renew_lease(LEASE, fence, SECONDS_OF_LEASE)
        self._status.leads = True

    def _arm_changed(self, now: float) -> None:
        changed, self._changed = self._changed, []
        for system in changed:
            system.watched_since = now
            if system.supervision:
                self._wheel.arm(system, now + system.supervision + GRACE)

    def _look(self, store: Store, fence: int, now: float) -> None:
        late: list[System] = []
        for system in self._wheel.due(now):
            deadline = max(system.heard, system.watched_since) + system.supervision + GRACE
            if deadline > now:
                self._wheel.arm(system, deadline)
            else:
                late.append(system)
        if late:
            self._raise(self._confirm(store, late, now), fence, now)

    def _confirm(self, store: Store, late: list[System], now: float) -> list[System]:
        """Of these, the systems that nobody heard and nobody has raised."""
        known = {system: (heard, lost) for system, heard, lost in store.links([each.id for each in late])}
        silent: list[System] = []
        for system in late:
            heard, lost = known.get(system.id, (0.0, None))
            system.heard = max(system.heard, heard)
            deadline = max(system.heard, system.watched_since) + system.supervision + GRACE
            self._wheel.arm(system, deadline if deadline > now else now + system.supervision)
            if deadline > now:
                continue
            if lost is None:
                silent.append(system)
            else:
                system.lost = True
        return silent

    def _raise(self, silent: list[System], fence: int, now: float) -> None:
        for start in range(0, len(silent), MOST_IN_A_NOTE):
            some = silent[start : start + MOST_IN_A_NOTE]

            def decide(store: Store, execute: Execute, some: list[System] = some) -> list[Note]:
                if not store.holds_lease(execute, LEASE, fence):
                    return []
                store.mark_lost(execute, [(system.id, system.heard) for system in some], now)
                for system in some:
                    system.lost = True
                return [SupervisionLost(sorted(system.id for system in some))]

            self._writer.queue.put(Guarded(decide))

    def _give_up(self) -> None:
        """Without a database there is no lease, and no loss that could be told from our own outage."""
        self._fence = None
        self._status.leads = False
        if self._store is not None:
            self._store.close()
            self._store = None

    def _end(self) -> None:
        try:
            if self._store is not None:
                if self._fence is not None:
                    self._store.release_lease(LEASE, self._fence)
                self._store.say_stopped(self._holder)
        except StoreDown:
            pass  # the lease ends by itself within a second
        self._give_up()
