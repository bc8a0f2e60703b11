"""What tests of the receiver hold in hand: an installation with receivers, and a panel's side of a link."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schoolward.domains.alarms.journal import Record, Way
from schoolward.domains.alarms.keys import seal
from schoolward.domains.alarms.receiver import notes, reading
from schoolward.domains.alarms.receiver.configuration import Configuration
from schoolward.domains.alarms.receiver.running import Process
from schoolward.domains.alarms.receiver.storing import DatabaseAddress, Store, StoreDown, open_store
from schoolward.protocols.dc09 import FrameStream, Key, build_frame, parse_envelope, prepare_key

ROOT = Path(__file__).resolve().parents[4]
SECRET = "the secret of a test"
KEY = "000102030405060708090A0B0C0D0E0F"
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


@dataclass
class Listening:
    """A receiver that runs in a thread of this process."""

    process: Process
    thread: threading.Thread
    ports: dict[str, int]
    failure: list[BaseException]

    def stop(self) -> None:
        """End it in order, as SIGTERM does."""
        if self.thread.is_alive():
            self.process.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()


@dataclass
class Installation:
    """A database of its own, and receivers on it."""

    url: str
    address: DatabaseAddress
    folder: Path
    running: list[Listening] = field(default_factory=list)

    def store(self) -> Store:
        """A connection; the caller closes it."""
        return open_store(self.address)

    def execute(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement and commit."""
        with closing(self.store()) as store, store.transaction() as run:
            return run(statement, list(values))

    def add_line(self, name: str = "main", profile: str = "standard", policy: str = "hold") -> None:
        """Enter a line."""
        self.execute(
            "INSERT INTO alarms_line (name, title, profile, outage_policy) VALUES (?, '', ?, ?)",
            name,
            profile,
            policy,
        )

    def add_system(
        self,
        account: str,
        *,
        line: str = "main",
        key: str = "",
        profile: str = "",
        supervision: int | None = None,
    ) -> int:
        """Enter a panel, and its line and site where they are missing; returns its id."""
        if not self.execute("SELECT 1 FROM alarms_line WHERE name = ?", line):
            self.add_line(line)
        if not self.execute("SELECT 1 FROM places_campus WHERE slug = 'invented'"):
            self.execute(
                "INSERT INTO places_campus (name, name_origin, slug, address, address_key, zip_code, "
                "jurisdiction, point_origin, notes) VALUES ('Invented', 'directory', 'invented', "
                "'1 Invented Way', '1 INVENTED WAY', '', 'unknown', 'directory', '')"
            )
        with closing(self.store()) as store, store.transaction() as run:
            _know_regular_expressions(store)
            rows = run(
                "INSERT INTO alarms_alarmsystem (line_id, account, campus_id, title, sealed_key, profile, "
                "supervision_seconds, changed_at, invented) SELECT l.id, ?, c.id, '', ?, ?, ?, ?, ? "
                "FROM alarms_line l, places_campus c WHERE l.name = ? AND c.slug = 'invented' RETURNING id",
                [account, seal(key, SECRET), profile, supervision, store.moment(time.time()), True, line],
            )
        return int(rows[0][0])

    def start(self, name: str = "test", **options: Any) -> Listening:
        """Start a receiver with ports of its own, and wait until it listens."""
        if not {"tcp", "udp", "tls"} & options.keys():
            options["tcp"] = (0,)
        configuration = Configuration(
            name=name, database=self.address, folder=self.folder, secret=SECRET, **options
        )
        ready = threading.Event()
        ports: dict[str, int] = {}
        failure: list[BaseException] = []

        def told(places: list[str]) -> None:
            for place in places:
                way, _, where = place.partition(" ")
                ports[way] = int(where.rpartition(":")[2])
            ready.set()

        process = Process(configuration, told)

        def run() -> None:
            try:
                process.run()
            except BaseException as error:
                failure.append(error)
                ready.set()

        thread = threading.Thread(target=run, name=f"receiver {name}")
        thread.start()
        assert ready.wait(20)
        if failure:
            thread.join()
            raise failure[0]
        listening = Listening(process, thread, ports, failure)
        self.running.append(listening)
        return listening

    def records(self, receiver: str = "test") -> list[Record]:
        """What the receiver's chain holds, frames only. The chain is proved on the way."""
        return [record for record in self.everything(receiver) if record.way != Way.INTERNAL]

    def notes(self, receiver: str = "test") -> list[notes.Note]:
        """What the receiver noted."""
        return [
            notes.read(record.frame) for record in self.everything(receiver) if record.way == Way.INTERNAL
        ]

    def everything(self, receiver: str) -> list[Record]:
        """All records in order."""
        with closing(self.store()) as store:
            chain = reading.verify(store, receiver)
            assert chain.fault is None
            return [record for _sequence, record in reading.records(store, receiver)]


class Switch:
    """Makes the receivers' stores fail and work again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, store: type[Store]) -> None:
        self.down = False
        append, connect = store.append, store.__init__

        def may_append(self_: Store, segment: object) -> None:
            if self.down:
                raise StoreDown("switched off")
            append(self_, segment)  # type: ignore[arg-type]

        def may_connect(self_: Store, *where: object) -> None:
            if self.down:
                raise StoreDown("switched off")
            connect(self_, *where)  # type: ignore[arg-type]

        monkeypatch.setattr(store, "append", may_append)
        monkeypatch.setattr(store, "__init__", may_connect)


def _know_regular_expressions(store: Store) -> None:
    """SQLite has none of its own, and the rule for accounts is one; Django brings them to its connections."""
    connection = getattr(store, "_connection")  # noqa: B009
    if isinstance(connection, sqlite3.Connection):
        connection.create_function(
            "REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)), deterministic=True
        )


@dataclass
class PanelClient:
    """A panel's side of one connection, with nothing between the test and the bytes."""

    socket: socket.socket
    stream: FrameStream = field(default_factory=FrameStream)

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def answers(self, count: int = 1, seconds: float = 5.0) -> list[bytes]:
        """The next answers; fewer when they do not come in time or the connection ends."""
        found: list[bytes] = []
        until = time.monotonic() + seconds
        while len(found) < count and (left := until - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(65536)
            except TimeoutError:
                break
            except ConnectionError:
                break
            if not data:
                break
            found += self.stream.feed(data)
        return found

    def ask(self, data: bytes, seconds: float = 5.0) -> bytes:
        """Send, and return the one answer; empty when there is none."""
        self.send(data)
        return b"".join(self.answers(1, seconds))

    def is_closed(self, seconds: float = 5.0) -> bool:
        """Whether the receiver ended the connection."""
        self.socket.settimeout(seconds)
        try:
            return self.socket.recv(1) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False


def event(
    account: str,
    sequence: int,
    data: bytes = b"Nri1BA003",
    *,
    key: str | Key | None = None,
    at: datetime | None = None,
    **options: Any,
) -> bytes:
    """A frame of a panel; encrypted frames carry the present time unless another is given."""
    prepared = prepare_key(key) if isinstance(key, str) else key
    stamp = at or (datetime.now(UTC) if prepared is not None else None)
    return build_frame(
        b"SIA-DCS",
        data,
        account=account.encode(),
        sequence=sequence,
        key=prepared,
        timestamp=stamp,
        **options,
    )


def sequences(installation: Installation, receiver: str = "test") -> list[int]:
    """The numbers of the frames that the receiver's chain holds, in order."""
    return [int(parse_envelope(record.frame).sequence) for record in installation.records(receiver)]


def kind_of(answer: bytes) -> str:
    """ "ACK", "NAK", …; empty for none."""
    return answer.split(b'"')[1].decode().lstrip("*") if answer else ""


def eventually(condition: Callable[[], Any], seconds: float = 5.0) -> Any:
    """Wait until the condition holds, and return what it gave."""
    until = time.monotonic() + seconds
    while True:
        found = condition()
        if found or time.monotonic() > until:
            return found
        time.sleep(0.02)
