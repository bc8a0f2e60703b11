"""While the database does not answer: hold the acknowledgement, or spool and acknowledge."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from bench.alarms.cluster import Cluster, NoPostgresql
from tests import migrated
from tests.domain.alarms.receiver.in_hand import (
    ON_POSTGRESQL,
    Installation,
    PanelClient,
    Switch,
    event,
    eventually,
    kind_of,
    sequences,
)

from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.receiver.notes import Outage
from schoolward.domains.alarms.receiver.spool import Spool
from schoolward.domains.alarms.receiver.storing import DatabaseAddress

Connect = Callable[..., PanelClient]


def outages(installation: Installation) -> list[Outage]:
    """The outages that were noted."""
    return [note for note in installation.notes() if isinstance(note, Outage)]


def test_hold_acknowledges_nothing_and_then_everything(
    installation: Installation, connect: Connect, switch: Switch
) -> None:
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    switch.down = True
    panel.send(event("1234", 1))
    assert panel.answers(1, 0.5) == []
    assert receiver.process.connections.paused
    panel.send(event("1234", 2))
    assert panel.answers(1, 0.3) == []
    switch.down = False
    assert [kind_of(answer) for answer in panel.answers(2)] == ["ACK", "ACK"]
    assert len(installation.records()) == 2
    assert [(note.policy, note.spooled) for note in outages(installation)] == [("hold", 0)]


def test_spool_acknowledges_from_a_file_that_is_stored_in_order_later(
    installation: Installation, connect: Connect, switch: Switch
) -> None:
    installation.add_line("main", policy="spool")
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    assert kind_of(panel.ask(event("1234", 1))) == "ACK"
    switch.down = True
    for number in (2, 3, 4):
        assert kind_of(panel.ask(event("1234", number))) == "ACK"
    assert sum(frames for frames, _payload in receiver.process.writer.spool.pieces()) == 3
    switch.down = False
    assert eventually(lambda: outages(installation))
    assert kind_of(panel.ask(event("1234", 5))) == "ACK"
    records = installation.records()
    assert sequences(installation) == [1, 2, 3, 4, 5]
    assert [record.flags for record in records] == [0, Flag.SPOOLED, Flag.SPOOLED, Flag.SPOOLED, 0]
    assert [(note.policy, note.spooled) for note in outages(installation)] == [("spool", 3)]
    assert receiver.process.writer.spool.size == 0


def test_what_an_earlier_run_spooled_is_stored_at_the_next_start(
    installation: Installation, connect: Connect, switch: Switch
) -> None:
    installation.add_line("main", policy="spool")
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    switch.down = True
    assert kind_of(panel.ask(event("1234", 1))) == "ACK"
    receiver.stop()
    switch.down = False
    assert installation.records() == []
    installation.start()
    assert [record.flags for record in installation.records()] == [Flag.SPOOLED]


def test_a_full_spool_holds_instead(
    installation: Installation, connect: Connect, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.add_line("main", policy="spool")
    installation.add_system("1234")

    def full(self: Spool, frames: int, payload: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Spool, "append", full)
    panel = connect(installation.start().ports["tcp"])
    switch.down = True
    panel.send(event("1234", 1))
    assert panel.answers(1, 0.5) == []
    switch.down = False
    assert kind_of(*panel.answers()) == "ACK"


@pytest.mark.skipif(ON_POSTGRESQL, reason="a lock of SQLite's")
def test_another_writer_that_takes_its_time_delays_and_loses_nothing(
    installation: Installation, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schoolward.domains.alarms.receiver.storing.sqlite.SECONDS_FOR_A_TURN", 0.2)
    installation.add_system("1234")
    panel = connect(installation.start().ports["tcp"])
    assert kind_of(panel.ask(event("1234", 1))) == "ACK"
    path = installation.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        panel.send(event("1234", 2))
        assert panel.answers(1, 0.8) == []
        other.execute("ROLLBACK")
    assert kind_of(*panel.answers()) == "ACK"
    assert len(installation.records()) == 2


class TestSpoolFile:
    """The file by itself."""

    def test_a_torn_piece_ends_it_and_is_written_over(self, tmp_path: Path) -> None:
        spool = Spool(tmp_path / "spool")
        spool.append(1, b"one")
        spool.append(2, b"two" * 100)
        whole = (tmp_path / "spool").read_bytes()
        for cut in range(len(whole)):
            path = tmp_path / f"cut-{cut}"
            path.write_bytes(whole[:cut])
            torn = Spool(path)
            before = list(torn.pieces())
            assert before in ([], [(1, b"one")])
            torn.append(3, b"three")
            assert list(torn.pieces()) == [*before, (3, b"three")]
            torn.clear()

    def test_a_changed_byte_is_noticed(self, tmp_path: Path) -> None:
        path = tmp_path / "spool"
        Spool(path).append(1, b"some frames")
        whole = path.read_bytes()
        for at in range(12, len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert list(Spool(path).pieces()) == []


# --- a real PostgreSQL that is stopped and started --------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of these tests' own."""
    if not ON_POSTGRESQL:
        pytest.skip("on PostgreSQL only")
    try:
        made = Cluster()
    except NoPostgresql as error:
        pytest.skip(str(error))
    migrated.copy_to_server(made.url)
    yield made
    made.remove()


@pytest.fixture
def stoppable(cluster: Cluster, tmp_path: Path) -> Iterator[Installation]:
    """An installation on that server, with empty tables."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("TRUNCATE alarms_journalsegment, alarms_line, places_campus CASCADE")
    made = Installation(
        cluster.url, DatabaseAddress(parameters={"conninfo": cluster.url}), tmp_path / "alarms"
    )
    yield made
    for listening in made.running:
        listening.stop()
        assert not listening.failure


@pytest.mark.postgresql
@pytest.mark.parametrize("policy", ["hold", "spool"])
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_postgresql_that_goes_away_and_comes_back(
    stoppable: Installation, cluster: Cluster, connect: Connect, policy: str, end: str
) -> None:
    stoppable.add_line("main", policy=policy)
    stoppable.add_system("1234")
    receiver = stoppable.start()
    panel = connect(receiver.ports["tcp"])
    assert kind_of(panel.ask(event("1234", 1))) == "ACK"
    getattr(cluster, end)()
    panel.send(event("1234", 2))
    answered = panel.answers(1, 1.5)
    assert [kind_of(answer) for answer in answered] == (["ACK"] if policy == "spool" else [])
    cluster.start()
    started = time.monotonic()
    if policy == "hold":
        assert kind_of(*panel.answers(1, 10.0)) == "ACK"
    assert eventually(lambda: outages(stoppable), 10.0)
    assert time.monotonic() - started < 5.0
    assert kind_of(panel.ask(event("1234", 3))) == "ACK"
    # Twice where the server had committed and could not say so any more.
    assert sequences(stoppable) in ([1, 2, 3], [1, 2, 2, 3])
