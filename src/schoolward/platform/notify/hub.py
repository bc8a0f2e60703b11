"""One look at the database for all who listen: a process asks a topic once, however many desks are open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog
from django.db import close_old_connections

from schoolward.platform.notify.registry import Change, Topic, is_heard

log = structlog.get_logger(__name__)

SECONDS_BETWEEN_LOOKS = 0.04
WAITING_AT_MOST = 1_000
BATCH = 500
Answer = TypeVar("Answer")


def event(change: Change) -> bytes:
    """The change as a server-sent event (WHATWG HTML, 9.2): its number, by which a page resumes, and data."""
    return b"id: %d\ndata: %s\n\n" % (change.number, json.dumps(change.data, separators=(",", ":")).encode())


class Listener:
    """One open page: whom it may hear of, and what waits to be sent to it."""

    def __init__(self, campus_ids: frozenset[int] | None, after: int) -> None:
        self.campus_ids = campus_ids
        self.after = after
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING_AT_MOST)

    def put(self, text: bytes | None) -> bool:
        """Whether there was room; a page that does not read any more is let go and resumes by number."""
        try:
            self.waiting.put_nowait(text)
        except asyncio.QueueFull:
            return False
        return True


class Hub:
    """The listeners of one topic in one process, and the task that looks for them while there are any."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        self.listeners: set[Listener] = set()
        self._position = 0
        self._task: asyncio.Task[None] | None = None
        # One thread of its own: the database's connection stays in it, and pages are not held up.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"topic-{topic.name}")

    def join(self, listener: Listener) -> None:
        """Tell the listener everything after its number, then what comes."""
        if not self.listeners:
            self._position = listener.after
        self._position = min(self._position, listener.after)
        self.listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())

    def leave(self, listener: Listener) -> None:
        """Forget the listener."""
        self.listeners.discard(listener)

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        while self.listeners:
            try:
                changes = await loop.run_in_executor(self._thread, self._changes, self._position)
            except Exception:
                # The database is away. Pages that are let go come back, and poll where they cannot.
                log.exception("notify.topic_cannot_be_read", topic=self.topic.name)
                for listener in list(self.listeners):
                    self._let_go(listener)
                return
            for change in changes:
                self._tell(change)
            if len(changes) < BATCH:
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def _changes(self, position: int) -> list[Change]:
        close_old_connections()
        return list(self.topic.after(position, BATCH)) if self.topic.newest() > position else []

    def _tell(self, change: Change) -> None:
        text = event(change)  # once, for everybody
        self._position = max(self._position, change.number)
        for listener in list(self.listeners):
            if change.number <= listener.after:
                continue
            listener.after = change.number
            if is_heard(change, listener.campus_ids) and not listener.put(text):
                self._let_go(listener)

    def _let_go(self, listener: Listener) -> None:
        self.leave(listener)
        while not listener.put(None):
            listener.waiting.get_nowait()


class Hubs:
    """The hub of each topic that anybody in this process follows."""

    def __init__(self, find: Callable[[str], Topic]) -> None:
        self._find = find
        self._hubs: dict[str, Hub] = {}

    def of(self, name: str) -> Hub:
        """The topic's hub. Raises ``UnknownTopic``."""
        if name not in self._hubs:
            self._hubs[name] = Hub(self._find(name))
        return self._hubs[name]
