"""The sockets' side: bytes of TCP and TLS connections and datagrams become frames, answers become bytes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, cast

from schoolward.domains.alarms.journal import Way
from schoolward.domains.alarms.receiver.receiving import Receiver
from schoolward.domains.alarms.receiver.status import Status
from schoolward.protocols.dc09 import FrameStream

SECONDS_IDLE = 300.0
#: A frame that was begun must be whole after so long: else a peer that sends byte by byte holds a socket.
SECONDS_FOR_A_FRAME = 30.0
#: A peer that does not read its answers is cut after so long.
SECONDS_TO_READ = 30.0
#: Bytes that belong to no frame, before a connection that never sent one is cut.
MOST_JUNK = 65_536


class Connections:
    """All open connections of a receiver, and what holds for them together."""

    def __init__(self, receiver: Receiver, status: Status, most: int) -> None:
        self.receiver = receiver
        self.status = status
        self.most = most
        self.open: dict[Connection, None] = {}
        self.paused = False
        self.ending = False

    def pause(self) -> None:
        """Read no more from anybody: what cannot be stored must not be taken."""
        if not self.paused:
            self.paused = True
            for connection in self.open:
                connection.follow_pauses()

    def resume(self) -> None:
        """Read again, after giving every connection its time anew."""
        if self.paused:
            self.paused = False
            now = time.time()
            for connection in self.open:
                connection.heard = now
                connection.begun = 0.0
                connection.follow_pauses()

    def admit(self, connection: Connection) -> bool:
        """Whether a new connection may stay. At the cap, one that never sent a frame makes room."""
        if self.ending:
            return False
        if len(self.open) >= self.most:
            silent = next((other for other in self.open if not other.frames), None)
            self.status.connections_refused += 1
            if silent is None:
                return False
            silent.cut()
            del self.open[silent]
        self.open[connection] = None
        self.status.connections = len(self.open)
        return True

    def leave(self, connection: Connection) -> None:
        """A connection has ended."""
        self.open.pop(connection, None)
        self.status.connections = len(self.open)

    def sweep(self, now: float) -> None:
        """Cut who is silent for too long, or does not end what it began; nobody while reading is paused."""
        if self.paused:
            return
        for connection in list(self.open):
            if (
                now - connection.heard > SECONDS_IDLE
                or (connection.begun and now - connection.begun > SECONDS_FOR_A_FRAME)
                or (connection.unread_since and now - connection.unread_since > SECONDS_TO_READ)
            ):
                self.status.connections_cut += 1
                connection.cut()

    def close(self) -> None:
        """End all connections, after what they were last answered is written."""
        self.ending = True
        for connection in list(self.open):
            connection.send = _nowhere
            connection.transport.close()


class Connection(asyncio.Protocol):
    """One connection over TCP or TLS."""

    __slots__ = (
        "_all",
        "address",
        "begun",
        "frames",
        "heard",
        "held",
        "label",
        "send",
        "stream",
        "transport",
        "unread_since",
        "way",
    )
    transport: asyncio.Transport

    def __init__(self, connections: Connections, way: Way) -> None:
        self._all = connections
        self.way = int(way)
        self.address = ""
        self.label = b""
        self.send: Callable[[bytes], object] = _nowhere
        self.frames = 0
        self.heard = 0.0
        self.held = b""
        """What was read although reading was paused: at most what one call reads."""
        self.begun = 0.0
        """Since when a frame has been unfinished; 0 while none is."""
        self.unread_since = 0.0
        self.stream = FrameStream(connections.receiver.line.profile)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.send = self.transport.write
        self.heard = time.time()
        self.address, self.label = _names(self._all.receiver, transport.get_extra_info("peername"))
        if not self._all.admit(self):
            self.cut()
        elif self._all.paused:
            # uvloop begins to read when this method has returned: `data_received` holds that.
            asyncio.get_running_loop().call_soon(self.follow_pauses)

    def connection_lost(self, exc: Exception | None) -> None:
        self.send = _nowhere
        status = self._all.status
        status.junk_bytes += self.stream.junk_bytes
        status.oversized += self.stream.oversized
        self._all.leave(self)

    def data_received(self, data: bytes) -> None:
        if self._all.paused:
            self.held += data
            self.follow_pauses()
            return
        now = self.heard = time.time()
        stream = self.stream
        frames = stream.feed(data)
        if frames:
            self.frames += len(frames)
            receive = self._all.receiver.receive
            for raw in frames:
                receive(self, raw, now)
            self.begun = now if stream.pending else 0.0
        elif not self.begun and (stream.pending or not self.frames):
            self.begun = now
        if stream.junk_bytes > MOST_JUNK and not self.frames:
            self._all.status.connections_cut += 1
            self.cut()

    def pause_writing(self) -> None:
        self.unread_since = time.time()
        self.follow_pauses()

    def resume_writing(self) -> None:
        self.unread_since = 0.0
        self.follow_pauses()

    def follow_pauses(self) -> None:
        """Read, or do not, as the receiver and the peer's own reading allow."""
        if self.transport.is_closing():
            return
        if self._all.paused or self.unread_since:
            self.transport.pause_reading()
            return
        self.transport.resume_reading()
        if self.held:
            held, self.held = self.held, b""
            self.data_received(held)

    def cut(self) -> None:
        """End it at once."""
        self.send = _nowhere
        self.transport.abort()


class DatagramPeer:
    """The sender of one datagram."""

    __slots__ = ("address", "label", "send", "way")

    def __init__(self, transport: asyncio.DatagramTransport, target: Any, address: str, label: bytes) -> None:
        self.way = int(Way.UDP)
        self.address = address
        self.label = label

        def send(answer: bytes) -> None:
            if not transport.is_closing():
                transport.sendto(answer, target)

        self.send: Callable[[bytes], object] = send


class Datagrams(asyncio.DatagramProtocol):
    """Frames over UDP: each datagram by itself, each answer to its sender."""

    transport: asyncio.DatagramTransport

    def __init__(self, receiver: Receiver, connections: Connections) -> None:
        self._receiver = receiver
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        if self._connections.paused:
            # Nobody can be told to wait: it counts as not received, and the panel sends again.
            self._receiver.status.dropped_datagrams += 1
            return
        now = time.time()
        stream = FrameStream(self._receiver.line.profile)
        frames = stream.feed(data)
        self._receiver.status.junk_bytes += stream.junk_bytes + stream.pending
        self._receiver.status.oversized += stream.oversized
        if not frames:
            return
        address, label = _names(self._receiver, addr)
        peer = DatagramPeer(self.transport, addr, address, label)
        for raw in frames:
            self._receiver.receive(peer, raw, now)

    def error_received(self, exc: Exception) -> None:
        """An answer could not be delivered: the panel is gone, and will send again if it is not."""


def _nowhere(_answer: bytes) -> None:
    """Where answers go when the peer is gone."""


def _names(receiver: Receiver, socket_name: Any) -> tuple[str, bytes]:
    """The peer's address, without the port that each connection changes, and its label in the journal."""
    address = str(socket_name[0]) if isinstance(socket_name, tuple) and socket_name else "?"
    # A socket for both families shows an address of IPv4 so; it is the same panel by either.
    address = address.removeprefix("::ffff:") if "." in address else address
    return address, f"{receiver.line_name}|{address}".encode("ascii", "replace")[:255]


def connection_factory(connections: Connections, way: Way) -> Callable[[], Connection]:
    """What the loop calls for each new connection."""
    return lambda: Connection(connections, way)
