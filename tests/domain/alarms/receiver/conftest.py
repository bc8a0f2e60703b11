"""A receiver on real sockets with a real database: SQLite, or PostgreSQL where the suite runs on that."""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests import migrated
from tests.domain.alarms.receiver.in_hand import ON_POSTGRESQL, Installation, PanelClient, Switch
from tests.domain.alarms.receiver.in_shell import Shell

from schoolward.domains.alarms.receiver.storing import DatabaseAddress

TABLES = "alarms_journalsegment, alarms_readposition, alarms_line, alarms_lease, places_campus"


@pytest.fixture(scope="session", autouse=True)
def _only_warnings() -> Iterator[None]:
    """What its threads say of the ordinary would stand between the dots of the test run."""
    log = logging.getLogger("schoolward.domains.alarms.receiver")
    before = log.level
    log.setLevel(logging.WARNING)
    yield
    log.setLevel(before)


@pytest.fixture(scope="session")
def empty_database() -> Iterator[str]:
    """The address of a database with tables: a file to copy, or a PostgreSQL to empty."""
    if not ON_POSTGRESQL:
        yield str(migrated.sqlite_file())
        return
    server = os.environ["DATABASE_URL"]
    name = f"receiver_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated.postgresql_template(server)}")
    yield server.rpartition("/")[0] + "/" + name
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def installation(empty_database: str, tmp_path: Path) -> Iterator[Installation]:
    """An installation with empty tables. Its receivers are stopped at the end, and must not have failed."""
    if ON_POSTGRESQL:
        address = DatabaseAddress(parameters={"conninfo": empty_database})
        url = empty_database
        with psycopg.connect(empty_database, autocommit=True) as connection:
            connection.execute(f"TRUNCATE {TABLES} CASCADE")
    else:
        path = tmp_path / "receiver.sqlite3"
        shutil.copy(empty_database, path)
        address, url = DatabaseAddress(path=str(path)), f"sqlite:///{path}"
    made = Installation(url, address, tmp_path / "alarms")
    yield made
    for listening in made.running:
        listening.stop()
        assert not listening.failure


@pytest.fixture
def connect() -> Iterator[Callable[..., PanelClient]]:
    """Connect to a port; closed at the end."""
    clients: list[PanelClient] = []

    def make(port: int, host: str = "127.0.0.1", kind: int = socket.SOCK_STREAM) -> PanelClient:
        link = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind)
        link.settimeout(5)
        link.connect((host, port))
        clients.append(PanelClient(link))
        return clients[-1]

    yield make
    for client in clients:
        client.socket.close()


@pytest.fixture
def switch(monkeypatch: pytest.MonkeyPatch) -> Switch:
    """Of the database that the suite runs on."""
    if ON_POSTGRESQL:
        from schoolward.domains.alarms.receiver.storing.postgresql import PostgresqlStore

        return Switch(monkeypatch, PostgresqlStore)
    from schoolward.domains.alarms.receiver.storing.sqlite import SqliteStore

    return Switch(monkeypatch, SqliteStore)


@pytest.fixture
def shell(installation: Installation) -> Iterator[Shell]:
    """The command, with what it started ended."""
    made = Shell(installation)
    yield made
    for process in made.running:
        if process.poll() is None:
            # In order: killed, it would leave receiver and builder to end by themselves, in the next test.
            process.terminate()
        process.wait(60)
        assert process.stderr is not None
        process.stderr.close()
