"""A panel's connection to a receiver: write, wait for the answer, try again on a new connection."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from schoolward.protocols.dc09 import Envelope, FrameStream, parse_envelope

SECONDS_TO_CONNECT = 5.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where the receiver is."""

    host: str
    port: int
    udp: bool = False
    tls: ssl.SSLContext | None = None
    server_hostname: str | None = None


class Link(asyncio.Protocol, asyncio.DatagramProtocol):
    """One connection, or one socket for datagrams. Answers queue up until somebody asks for them.

    With a ``backup``, as panels have one, it turns to the other receiver whenever the one does not answer.
    """

    def __init__(self, target: Target, backup: Target | None = None) -> None:
        self._target = target
        self._other = backup or target
        self._transport: Any = None
        self._stream = FrameStream()
        self._answers: asyncio.Queue[Envelope | None] = asyncio.Queue()

    async def open(self) -> bool:
        """Connect, unless it is connected; false when nobody listens."""
        if self._transport is not None and not self._transport.is_closing():
            return True
        loop = asyncio.get_running_loop()
        self._stream = FrameStream()
        self._answers = asyncio.Queue()
        target = self._target
        try:
            async with asyncio.timeout(SECONDS_TO_CONNECT):
                if target.udp:
                    await loop.create_datagram_endpoint(lambda: self, remote_addr=(target.host, target.port))
                else:
                    await loop.create_connection(
                        lambda: self,
                        target.host,
                        target.port,
                        ssl=target.tls,
                        server_hostname=target.server_hostname if target.tls else None,
                    )
        except (OSError, TimeoutError):
            self._transport = None
            self._turn()
            return False
        return True

    def _turn(self) -> None:
        self._target, self._other = self._other, self._target

    def write(self, data: bytes) -> None:
        """Send; a connection that broke meanwhile swallows it, and no answer will come."""
        if self._transport is None or self._transport.is_closing():
            return
        if self._target.udp:
            self._transport.sendto(data)
        else:
            self._transport.write(data)

    async def answer(self, seconds: float) -> Envelope | None:
        """The next answer; ``None`` when none came in time, or the connection ended."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await self._answers.get()
        return None

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def give_up(self) -> None:
        """End it, because no answer came; the backup is tried next."""
        self.close()
        self._turn()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(Any, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._answers.put_nowait(None)

    def data_received(self, data: bytes) -> None:
        for raw in self._stream.feed(data):
            self._answers.put_nowait(parse_envelope(raw))

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.data_received(data)

    def error_received(self, exc: Exception) -> None:
        self._answers.put_nowait(None)
