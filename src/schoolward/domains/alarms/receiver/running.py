"""One receiver process: the loop, its listeners, its clockwork, and the writer's thread beside it."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable

import uvloop

from schoolward.domains.alarms.journal import Way
from schoolward.domains.alarms.receiver.accounts import Accounts, System
from schoolward.domains.alarms.receiver.configuration import Configuration
from schoolward.domains.alarms.receiver.connections import Connections, Datagrams, connection_factory
from schoolward.domains.alarms.receiver.heartbeat import Heartbeat
from schoolward.domains.alarms.receiver.http import HealthAndMetrics
from schoolward.domains.alarms.receiver.name import hold_name
from schoolward.domains.alarms.receiver.notes import KeyNotOpened, Started, Stopped
from schoolward.domains.alarms.receiver.receiving import Entry, Receiver
from schoolward.domains.alarms.receiver.refreshing import Refreshing
from schoolward.domains.alarms.receiver.sockets import (
    collect_seldom,
    raise_limit_of_files,
    shown_address,
    tls_context,
    told_of,
)
from schoolward.domains.alarms.receiver.spool import Spool
from schoolward.domains.alarms.receiver.status import Status
from schoolward.domains.alarms.receiver.storing import Store, open_store
from schoolward.domains.alarms.receiver.supervision import Supervision
from schoolward.domains.alarms.receiver.writing import Batch, Outcome, Writer

log = logging.getLogger(__name__)

SECONDS_BETWEEN_SWEEPS = 5.0
BACKLOG = 1024


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
        self.refreshing = Refreshing(self.accounts, self._open_store, self.supervision, self.heartbeat)
        self._pending: list[Entry] = []
        self._received = 0.0
        self._loop: asyncio.AbstractEventLoop
        self._end: asyncio.Event
        self._error: BaseException | None = None
        self._listening: list[asyncio.AbstractServer | asyncio.BaseTransport] = []
        self._full = False

    def run(self) -> None:
        """Receive until SIGTERM or SIGINT. Raises what keeps it from starting or going on."""
        with hold_name(self.configuration.folder, self.configuration.name):
            self.refreshing.load()
            self.receiver.follow_line()
            self.writer.spools = self.receiver.line.spools
            self.writer.start()
            raise_limit_of_files()
            collect_seldom()
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(self._run())
        if self._error is not None:
            raise self._error

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
            places = await self._listen()
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
        held = self.status.down_since and not self.writer.spools
        if not (self._full or held or self.connections.ending):
            self.connections.resume()

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
            self.receiver.follow_line()
            self.writer.spools = self.receiver.line.spools
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

    # --- listening --------------------------------------------------------------------------------

    async def _listen(self) -> list[str]:
        """Listen everywhere, and say where."""
        configuration, loop = self.configuration, self._loop
        shares = configuration.shares_ports or None
        host = configuration.host
        places: list[str] = []
        context = tls_context(configuration.certificates) if configuration.certificates else None
        wanted = [(port, Way.TCP) for port in configuration.tcp] + [
            (port, Way.TLS) for port in configuration.tls
        ]
        for port, way in wanted:
            with told_of(host, port):
                server = await loop.create_server(
                    connection_factory(self.connections, way),
                    host,
                    port,
                    ssl=context if way is Way.TLS else None,
                    reuse_port=shares,
                    backlog=BACKLOG,
                )
            self._listening.append(server)
            places.append(f"{way.name.lower()} {shown_address(server.sockets[0].getsockname())}")
        for port in configuration.udp:
            with told_of(host, port):
                transport, _ = await loop.create_datagram_endpoint(
                    lambda: Datagrams(self.receiver, self.connections),
                    local_addr=(host, port),
                    reuse_port=shares,
                )
            self._listening.append(transport)
            places.append(f"udp {shown_address(transport.get_extra_info('sockname'))}")
        if configuration.http_port is not None:
            with told_of(configuration.http_host, configuration.http_port):
                server = await loop.create_server(
                    lambda: HealthAndMetrics(self.status, self.receiver, configuration.name),
                    configuration.http_host,
                    configuration.http_port,
                )
            self._listening.append(server)
            places.append(f"http {shown_address(server.sockets[0].getsockname())}")
        return places
