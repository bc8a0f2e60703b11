"""The stream: who may follow a topic, what is told to whom, and that nothing is lost between connections."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from schoolward.platform.notify import registry
from schoolward.platform.notify.hub import WAITING_AT_MOST, Hub, Listener
from schoolward.platform.notify.registry import Change, Topic
from schoolward.platform.notify.stream import Streams

ROWS: list[Change] = []


def _after(number: int, limit: int) -> list[Change]:
    return [row for row in ROWS if row.number > number][:limit]


def _newest() -> int:
    return ROWS[-1].number if ROWS else 0


@pytest.fixture
def topic(monkeypatch: pytest.MonkeyPatch) -> Iterator[Topic]:
    """A topic of rows in memory."""
    ROWS.clear()
    made = Topic("bells", "jobs.view", _newest, _after)
    monkeypatch.setitem(registry._topics, "bells", made)
    yield made
    ROWS.clear()


def add(number: int, campus_id: int | None = None) -> None:
    ROWS.append(Change(number, {"n": number}, campus_id))


class Page:
    """What a browser does: one request, and the events that come."""

    def __init__(self, application: Any, *, last: int | None = None) -> None:
        headers = [(b"accept", b"text/event-stream")]
        if last is not None:
            headers.append((b"last-event-id", b"%d" % last))
        self.status = 0
        self.text = b""
        self._gone = asyncio.Event()
        scope = {"type": "http", "path": "/stream/bells/", "query_string": b"", "headers": headers}
        self.task = asyncio.ensure_future(application(scope, self._receive, self._send))

    async def _receive(self) -> MutableMapping[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.text += message.get("body", b"")

    @property
    def numbers(self) -> list[int]:
        return [int(line[4:]) for line in self.text.split(b"\n") if line.startswith(b"id: ")]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.numbers) < count:
                await asyncio.sleep(0.01)

    async def leave(self) -> None:
        self._gone.set()
        await self.task


def pages(*, status: int = 200, scope: list[int] | None = None) -> Any:
    """Pages that answer the gate's question."""

    async def application(asked: Any, receive: Any, send: Any) -> None:
        headers = [
            (b"x-stream-scope", json.dumps(scope).encode()),
            (b"x-stream-newest", b"%d" % _newest()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"answer"})

    return application


def test_a_page_hears_what_comes_and_resumes_after_what_it_heard(topic: Topic) -> None:
    async def run() -> None:
        application = Streams(pages())
        add(1)
        page = Page(application)
        await asyncio.sleep(0.1)
        add(2)
        add(3)
        await page.until(2)
        assert page.numbers == [2, 3]
        await page.leave()
        add(4)
        add(5)
        again = Page(application, last=3)
        other = Page(application, last=4)
        await again.until(2)
        await other.until(1)
        add(6)
        await again.until(3)
        await other.until(2)
        assert again.numbers == [4, 5, 6]
        assert other.numbers == [5, 6]
        await again.leave()
        await other.leave()

    asyncio.run(run())


def test_whoever_holds_some_sites_hears_of_these_only(topic: Topic) -> None:
    async def run() -> None:
        page = Page(Streams(pages(scope=[7])), last=0)
        add(1, campus_id=7)
        add(2, campus_id=8)
        add(3)
        add(4, campus_id=7)
        await page.until(2)
        assert page.numbers == [1, 4]
        await page.leave()

    asyncio.run(run())


def test_the_pages_refusal_is_the_streams_answer(topic: Topic) -> None:
    async def run() -> Page:
        page = Page(Streams(pages(status=403)))
        await page.task
        return page

    page = asyncio.run(run())
    assert (page.status, page.text) == (403, b"answer")


def test_a_page_that_stops_reading_is_let_go(topic: Topic) -> None:
    async def run() -> Listener:
        hub, listener = Hub(topic), Listener(None, 0)
        for number in range(1, WAITING_AT_MOST + 10):
            add(number)
        hub.join(listener)
        async with asyncio.timeout(5):
            while hub.listeners:
                await asyncio.sleep(0.01)
        return listener

    listener = asyncio.run(run())
    waiting = [listener.waiting.get_nowait() for _ in range(listener.waiting.qsize())]
    assert waiting[-1] is None


def test_pages_are_let_go_where_the_topic_cannot_be_read_and_it_is_tried_again(topic: Topic) -> None:
    def fail() -> int:
        raise OperationalError("the database is away")

    async def heard(hub: Hub) -> bytes | None:
        listener = Listener(None, 0)
        hub.join(listener)
        async with asyncio.timeout(5):
            return await listener.waiting.get()

    async def run() -> tuple[bytes | None, bytes | None]:
        hub = Hub(Topic("bells", "jobs.view", fail, _after))
        lost = await heard(hub)
        hub.topic = topic
        add(1)
        return lost, await heard(hub)

    lost, found = asyncio.run(run())
    assert lost is None
    assert found is not None
    assert found.startswith(b"id: 1\n")


@pytest.mark.django_db
class TestPolling:
    """The same topic for a page that polls."""

    def test_nobody_is_sent_to_sign_in(self, topic: Topic) -> None:
        assert Client().get("/stream/bells/").status_code == 302

    def test_an_unknown_topic_is_not_there(self, client_of: Callable[..., Client]) -> None:
        assert client_of("administrator").get("/stream/nothing/").status_code == 404

    def test_it_gives_what_came_after_a_number(self, topic: Topic, client_of: Callable[..., Client]) -> None:
        add(1)
        add(2)
        assert client_of("administrator").get("/stream/bells/").json() == {"newest": 2, "changes": []}
        answer = client_of("administrator").get("/stream/bells/?after=1")
        assert answer.json() == {"newest": 2, "changes": [{"number": 2, "n": 2}]}
        assert answer.headers["X-Stream-Scope"] == "null"
        assert client_of("administrator").get("/stream/bells/?after=x").status_code == 422
