"""One receiver process: the loop, its listeners, its clockwork, and the writer's thread beside it."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable

import uvloop

from schoolward.domains.alarms.receiver.accounts import Accounts, System
from schoolward.domains.alarms.receiver.configuration import Configuration
from schoolward.domains.alarms.receiver.connections import Connections
from schoolward.domains.alarms.receiver.heartbeat import Heartbeat
from schoolward.domains.alarms.receiver.known_copy import KnownCopy
from schoolward.domains.alarms.receiver.listening import Listening, listen
from schoolward.domains.alarms.receiver.name import hold_name
from schoolward.domains.alarms.receiver.notes import KeyNotOpened, Started, Stopped
from schoolward.domains.alarms.receiver.receiving import Entry, Receiver
from schoolward.domains.alarms.receiver.refreshing import Refreshing
from schoolward.domains.alarms.receiver.sockets import collect_seldom, raise_limit_of_files
from schoolward.domains.alarms.receiver.spool import Spool
from schoolward.domains.alarms.receiver.status import Status
from schoolward.domains.alarms.receiver.storing import Store, StoreDown, open_store
from schoolward.domains.alarms.receiver.supervision import Supervision
from schoolward.domains.alarms.receiver.writing import Batch, Outcome, Writer

log = logging.getLogger(__name__)

SECONDS_BETWEEN_SWEEPS = 5.0


class Process:
    """A receiver from start to end. ``ready`` is told where it listens."""

    def __init__(self, configuration: Configuration, ready: Callable[[list[str]], None]) -> None:
        self.configuration = configuration
        self._ready = ready
        self.status = Status()
        self.accounts = Accounts(configuration.secret)
        self.receiver = Receiver(
            self.accounts, configuration.line, self._store, self.status, self._heard, self._link_restored
        )
        self.connections = Connections(self.receiver, self.status, configuration.most_connections)
        self.writer = Writer(
            name=configuration.name,
            open_store=self._open_store,
            spool=Spool(configuration.folder / f"spool-{configuration.name}"),
            stored=self._stored,
            outage=self._outage,
            failed=self._failed,
        )
        self.heartbeat = Heartbeat(self.accounts, self.writer, self.status)
        self.supervision = Supervision(
            configuration.name, self.accounts, self._open_store, self.writer, self.status
        )
        self.refreshing = Refreshing(
            self.accounts,
            self._open_store,
            self.supervision,
            self.heartbeat,
            self.status,
            KnownCopy(configuration.folder, configuration.secret, configuration.name),
            self._accounts_read,
        )
        self._pending: list[Entry] = []
        self._received = 0.0
        self._loop: asyncio.AbstractEventLoop
        self._end: asyncio.Event
        self._error: BaseException | None = None
        self._listening: list[Listening] = []
        self._full = False

    def run(self) -> None:
        """Receive until SIGTERM or SIGINT. Raises what keeps it from starting or going on."""
        with hold_name(self.configuration.folder, self.configuration.name):
            log.info("receiver %s begins", self.configuration.name)
            try:
                self.refreshing.load()
                self._follow_line()
                self.writer.start()
            except StoreDown as error:
                self._begin_without(error)
            raise_limit_of_files()
            collect_seldom()
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(self._run())
        if self._error is not None:
            raise self._error

    def _begin_without(self, error: StoreDown) -> None:
        """Listen although the database does not answer, by what was known last; hold where nothing was."""
        if not self.status.knows_from and not self.refreshing.load_copy():
            log.warning("no accounts are known yet: nothing is acknowledged until the database answers")
        self._follow_line()
        self.status.down_since = self.writer.begin_down(error)
        if self._holds():
            self.connections.pause()

    def stop(self) -> None:
        """What SIGTERM does, for whoever runs it in a thread."""
        self._loop.call_soon_threadsafe(self._end.set)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        thread = threading.Thread(target=self.writer.run, name="writer", daemon=True)
        background: list[threading.Thread] = []
        thread.start()
        try:
            places = await listen(
                self.configuration, self.receiver, self.connections, self.status, self._listening
            )
            if threading.current_thread() is threading.main_thread():
                for number in (signal.SIGTERM, signal.SIGINT):
                    self._loop.add_signal_handler(number, self._end.set)
            self.receiver.note(Started(self.configuration.name, self.configuration.line), time.time())
            for work, name in ((self.refreshing.run, "refreshing"), (self.supervision.run, "supervision")):
                background.append(threading.Thread(target=work, name=name, daemon=True))
                background[-1].start()
            clockwork = asyncio.ensure_future(self._clockwork())
            self._ready(places)
            await self._end.wait()
            clockwork.cancel()
        finally:
            await self._finish(thread, background)

    async def _finish(self, thread: threading.Thread, background: list[threading.Thread]) -> None:
        """Stop listening, store and acknowledge what was received, and end."""
        for listening in self._listening:
            listening.close()
        self.connections.ending = True
        self.connections.pause()
        self.supervision.stop.set()
        self.refreshing.stop.set()
        for other in background:
            await asyncio.to_thread(other.join, 5.0)
        self.heartbeat.flush_all(time.time())
        self.receiver.note(Stopped(self.configuration.name, self.configuration.line), time.time())
        self._hand_over()
        self.writer.stopping.set()
        self.writer.queue.put(None)
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0)  # what the writer handed back before it ended is acknowledged here
        self.connections.close()
        await asyncio.sleep(0.05)

    # --- between the loop and the writer ----------------------------------------------------------

    def _store(self, entry: Entry) -> None:
        """Queue an entry. All that one turn of the loop received goes to the writer together."""
        pending = self._pending
        if not pending:
            self._received = time.time()
            self._loop.call_soon(self._hand_over)
        pending.append(entry)

    def _hand_over(self) -> None:
        pending = self._pending
        if not pending:
            return
        self._pending = []
        status = self.status
        if not status.waiting:
            status.waiting_since = self._received
        status.waiting += len(pending)
        self.writer.queue.put(Batch(pending, self._received))
        if status.waiting >= self.configuration.most_waiting and not self._full:
            self._full = True
            self.connections.pause()

    def _stored(self, outcome: Outcome) -> None:
        self._loop.call_soon_threadsafe(self._release, outcome)

    def _release(self, outcome: Outcome) -> None:
        status = self.status
        count = len(outcome.entries)
        status.waiting -= count
        try:
            self.receiver.release(outcome.entries)
        except Exception:
            log.exception("an acknowledgement could not be written")
        now = time.time()
        status.stored += count
        status.segments += 1
        if outcome.spooled:
            status.spooled += count
        else:
            status.last_commit = now
        status.commit_seconds.add(outcome.seconds)
        for received, times in outcome.received:
            status.acknowledgement_seconds.add(now - received, times)
        if self._full and status.waiting <= self.configuration.most_waiting // 2:
            self._full = False
            self._read_again()

    def _outage(self, since: float) -> None:
        self._loop.call_soon_threadsafe(self._follow_outage, since)

    def _follow_outage(self, since: float) -> None:
        self.status.down_since = since
        if since and not self.receiver.line.spools:
            self.connections.pause()
        elif not since:
            self._read_again()

    def _read_again(self) -> None:
        if not (self._full or self._holds() or self.connections.ending):
            self.connections.resume()

    def _holds(self) -> bool:
        """Whether nothing may be read: it could not be kept, or not be judged."""
        return not self.status.knows_from or bool(self.status.down_since and not self.writer.spools)

    def _accounts_read(self) -> None:
        """What the thread that refreshes accounts says when it has read them at last."""
        self._loop.call_soon_threadsafe(self._begin_with)

    def _begin_with(self) -> None:
        self._follow_line()
        self._read_again()

    def _follow_line(self) -> None:
        self.receiver.follow_line()
        self.writer.spools = self.receiver.line.spools

    def _failed(self, error: BaseException) -> None:
        self._error = error
        self._loop.call_soon_threadsafe(self._end.set)

    def _heard(self, system: System) -> None:
        self.heartbeat.hear(system)

    def _link_restored(self, system: System) -> None:
        self.heartbeat.restored(system)

    def _open_store(self) -> Store:
        return open_store(self.configuration.database)

    # --- what runs by the clock -------------------------------------------------------------------

    async def _clockwork(self) -> None:
        swept = time.time()
        while True:
            await asyncio.sleep(0.25)
            now = time.time()
            self._follow_line()
            self.status.spool_bytes = self.writer.spool.size
            self.heartbeat.beat(now)
            for note in self.receiver.refusals.notes(now):
                self.receiver.note(note, now)
            if self.accounts.unopened:
                self.receiver.note(KeyNotOpened(sorted(self.accounts.unopened)[:1000]), now)
                self.accounts.unopened.clear()
            if now - swept >= SECONDS_BETWEEN_SWEEPS:
                swept = now
                self.connections.sweep(now)
