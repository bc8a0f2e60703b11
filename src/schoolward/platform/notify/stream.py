"""The stream: an ASGI application in front of the pages that keeps connections open and costs them no thread.

Whoever asks for a topic as ``text/event-stream`` first passes the very same view that answers a page which
polls (`views.topic`): session, second factor, role and scope are judged there and nowhere else, and again
every minute, so that a membership that ends closes its stream.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from schoolward.platform.notify.hub import Hubs, Listener
from schoolward.platform.notify.registry import get
from schoolward.platform.notify.views import NEWEST_HEADER, SCOPE_HEADER

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PREFIX = "/stream/"
SECONDS_BETWEEN_BEATS = 15.0
SECONDS_BETWEEN_CHECKS = 60.0
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would otherwise keep events back until it has a page full
]


class Streams:
    """Pages, and in front of them the addresses under ``/stream/`` that are asked for as a stream."""

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._hubs = Hubs(get)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIX) and _wants_stream(scope):
            await self._stream(scope, receive, send)
        else:
            await self._pages(scope, _as_coroutine(receive), send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        judged = await self._judge(scope)
        if judged.status != 200:
            await judged.relay(send)
            return
        listener = Listener(judged.campus_ids, _resumed(scope, judged.newest))
        hub = self._hubs.of(scope["path"][len(PREFIX) :].strip("/"))
        hub.join(listener)
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
            await self._flow(scope, listener, gone, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            hub.leave(listener)
            gone.cancel()

    async def _flow(self, scope: Scope, listener: Listener, gone: asyncio.Future[None], send: Send) -> None:
        """Send what comes, a beat where nothing does, until the page or the right to it is gone."""
        loop = asyncio.get_running_loop()
        check_at = loop.time() + SECONDS_BETWEEN_CHECKS
        while True:
            coming = asyncio.ensure_future(listener.waiting.get())
            await asyncio.wait(
                (coming, gone), timeout=SECONDS_BETWEEN_BEATS, return_when=asyncio.FIRST_COMPLETED
            )
            if gone.done():
                coming.cancel()
                return
            if coming.done():
                text = coming.result()
                if text is None:
                    return
                parts = [text]
                while not listener.waiting.empty():
                    more = listener.waiting.get_nowait()
                    if more is None:
                        break
                    parts.append(more)
                await send({"type": "http.response.body", "body": b"".join(parts), "more_body": True})
            else:
                coming.cancel()
                await send({"type": "http.response.body", "body": b": beat\n\n", "more_body": True})
            if loop.time() >= check_at:
                check_at = loop.time() + SECONDS_BETWEEN_CHECKS
                judged = await self._judge(scope)
                if judged.status != 200:
                    return
                listener.campus_ids = judged.campus_ids

    async def _judge(self, scope: Scope) -> _Answer:
        """Ask the pages whether this request may follow the topic, as they would answer one that polls."""
        answer = _Answer()
        asked = {**scope, "method": "GET", "query_string": b""}
        asked["headers"] = [pair for pair in scope["headers"] if pair[0] not in (b"accept", b"last-event-id")]
        await self._pages(asked, _empty_body, answer.take)
        return answer


class _Answer:
    """What the pages answered, kept instead of sent."""

    def __init__(self) -> None:
        self.start: MutableMapping[str, Any] = {"type": "http.response.start", "status": 500, "headers": []}
        self.body = b""

    async def take(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")

    async def relay(self, send: Send) -> None:
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body})

    @property
    def status(self) -> int:
        return int(self.start["status"])

    @property
    def campus_ids(self) -> frozenset[int] | None:
        held = json.loads(_header(self.start, SCOPE_HEADER) or "[]")
        return None if held is None else frozenset(held)

    @property
    def newest(self) -> int:
        return int(_header(self.start, NEWEST_HEADER) or 0)


def _header(message: MutableMapping[str, Any], name: str) -> str:
    """A header of a request's scope or of a response's start, or the empty text."""
    wanted = name.lower().encode()
    return next((value.decode("latin-1") for key, value in message["headers"] if key.lower() == wanted), "")


def _wants_stream(scope: Scope) -> bool:
    return "text/event-stream" in _header(scope, "Accept")


def _resumed(scope: Scope, newest: int) -> int:
    """The number after which a page wants to hear: what it heard last, or, for a page just opened, now."""
    last = _header(scope, "Last-Event-ID")
    if not last:
        query = dict(part.partition("=")[::2] for part in scope["query_string"].decode("latin-1").split("&"))
        last = query.get("after", "")
    return min(int(last), newest) if last.isdecimal() and len(last) <= 18 else newest


def _as_coroutine(receive: Receive) -> Receive:
    """Granian's `receive` gives something to await that is no coroutine, and a2wsgi takes nothing else:
    without this no form could be sent."""

    async def received() -> MutableMapping[str, Any]:
        return await receive()

    return received


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _empty_body() -> MutableMapping[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}
