"""``/healthz`` and ``/metrics``, in as little HTTP as they need."""

from __future__ import annotations

import asyncio
import time
from typing import cast

from schoolward.domains.alarms.receiver.metrics import exposition
from schoolward.domains.alarms.receiver.receiving import Receiver
from schoolward.domains.alarms.receiver.status import Status

MOST_BYTES = 8192
#: Frames that wait longer than this for their commit mean that something is wrong.
SECONDS_TO_COMMIT = 5.0
SECONDS_TO_ASK = 10.0


class HealthAndMetrics(asyncio.Protocol):
    """One request on one connection."""

    transport: asyncio.Transport

    def __init__(self, status: Status, receiver: Receiver, name: str) -> None:
        self._status = status
        self._receiver = receiver
        self._name = name
        self._read = b""
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._patience = asyncio.get_running_loop().call_later(SECONDS_TO_ASK, transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._patience is not None:
            self._patience.cancel()

    def data_received(self, data: bytes) -> None:
        self._read += data
        if b"\r\n\r\n" in self._read:
            self._answer(self._read.split(b" ", 2)[1:2])
        elif len(self._read) > MOST_BYTES:
            self.transport.close()

    def _answer(self, asked: list[bytes]) -> None:
        path = asked[0].partition(b"?")[0] if asked else b""
        if path == b"/healthz":
            trouble = ill(self._status, time.time())
            code, kind, text = (
                ("503 Service Unavailable" if trouble else "200 OK"),
                "text/plain",
                trouble or "ok\n",
            )
        elif path == b"/metrics":
            code, kind = "200 OK", "text/plain; version=0.0.4"
            text = exposition(self._status, self._receiver, self._name)
        else:
            code, kind, text = "404 Not Found", "text/plain", "There are /healthz and /metrics.\n"
        body = text.encode()
        head = f"HTTP/1.1 {code}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        self.transport.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        self.transport.close()


def ill(status: Status, now: float) -> str:
    """What is wrong with a receiver, in a line; empty where it is well."""
    if status.down_since or not status.knows_from:
        known = {
            "": "; no accounts are known yet, so nothing is acknowledged",
            "copy": "; accounts are those that were known last",
        }
        seconds = now - status.down_since if status.down_since else 0.0
        return f"the database has not answered for {seconds:.0f} s{known.get(status.knows_from, '')}\n"
    if status.waiting and now - max(status.last_commit, status.waiting_since) > SECONDS_TO_COMMIT:
        return f"{status.waiting} frames wait, and nothing was committed for {SECONDS_TO_COMMIT:.0f} s\n"
    return ""
