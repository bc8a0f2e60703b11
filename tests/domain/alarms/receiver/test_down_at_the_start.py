"""A receiver that starts while the database does not answer listens all the same, and loses nothing."""

from __future__ import annotations

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from bench.alarms.cluster import Cluster, NoPostgresql
from tests import migrated
from tests.domain.alarms.receiver.in_hand import (
    KEY,
    ON_POSTGRESQL,
    SECRET,
    Installation,
    Listening,
    PanelClient,
    Switch,
    event,
    eventually,
    kind_of,
    sequences,
)
from tests.domain.alarms.receiver.in_shell import Shell, free_port

from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.keys import unseal
from schoolward.domains.alarms.receiver.known_copy import FILE, KnownCopy
from schoolward.domains.alarms.receiver.notes import Outage
from schoolward.domains.alarms.receiver.storing import DatabaseAddress, SystemRow
from schoolward.domains.alarms.receiver.storing.store import LineRow

Connect = Callable[..., PanelClient]


def fetched(listening: Listening, path: str) -> tuple[int, str]:
    """The status and text that the receiver's own HTTP answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{listening.ports['http']}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def gauge(listening: Listening, name: str) -> float:
    """One of the receiver's metrics."""
    text = fetched(listening, "/metrics")[1]
    line = next(line for line in text.splitlines() if line.startswith(f"schoolward_alarm_{name}{{"))
    return float(line.rpartition(" ")[2])


def copied(installation: Installation) -> None:
    """Run a receiver until it has kept a copy of what it knows."""
    receiver = installation.start()
    assert eventually((installation.folder / FILE).exists, 10.0)
    receiver.stop()


def test_without_a_copy_it_holds_says_so_and_goes_on_trying(
    installation: Installation, connect: Connect, switch: Switch, caplog: pytest.LogCaptureFixture
) -> None:
    installation.add_line(policy="spool")
    installation.add_system("1234", key=KEY)
    switch.down = True
    receiver = installation.start(tcp=(0,), udp=(0,), http_port=0)
    panel = connect(receiver.ports["tcp"])
    panel.send(event("1234", 1, key=KEY))
    assert panel.answers(1, 0.7) == []
    code, said = fetched(receiver, "/healthz")
    assert code == 503
    assert "nothing is acknowledged" in said
    assert gauge(receiver, "accounts_unread") == gauge(receiver, "database_down") == 1
    assert "nothing is acknowledged until the database answers" in caplog.text
    switch.down = False
    # Judged with the account's key: it was not read before the accounts were.
    assert [kind_of(answer) for answer in panel.answers(1)] == ["ACK"]
    assert eventually(lambda: fetched(receiver, "/healthz")[0] == 200)
    assert gauge(receiver, "accounts_unread") == gauge(receiver, "accounts_from_copy") == 0
    assert [record.flags for record in installation.records()] == [0]
    assert [note.spooled for note in installation.notes() if isinstance(note, Outage)] == [0]


def test_with_a_copy_it_follows_the_lines_policy(
    installation: Installation, connect: Connect, switch: Switch
) -> None:
    installation.add_line(policy="spool")
    installation.add_system("1234", key=KEY)
    copied(installation)
    switch.down = True
    receiver = installation.start(tcp=(0,), http_port=0)
    panel = connect(receiver.ports["tcp"])
    assert kind_of(panel.ask(event("1234", 1, key=KEY))) == "ACK"
    assert kind_of(panel.ask(event("1234", 2))) == "NAK"
    assert gauge(receiver, "accounts_from_copy") == 1
    assert "known last" in fetched(receiver, "/healthz")[1]
    switch.down = False
    assert eventually(lambda: gauge(receiver, "accounts_from_copy") == 0)
    assert kind_of(panel.ask(event("1234", 3, key=KEY))) == "ACK"
    kept = [record for record in installation.records() if not record.flags & Flag.NOT_ACKNOWLEDGED]
    assert [record.flags for record in kept] == [Flag.SPOOLED, 0]


def test_a_copy_of_a_line_that_holds_acknowledges_nothing(
    installation: Installation, connect: Connect, switch: Switch
) -> None:
    installation.add_system("1234")
    copied(installation)
    switch.down = True
    panel = connect(installation.start().ports["tcp"])
    panel.send(event("1234", 1))
    assert panel.answers(1, 0.7) == []
    switch.down = False
    assert kind_of(*panel.answers()) == "ACK"
    assert sequences(installation) == [1]


def test_what_was_entered_during_the_outage_is_known_after_it(
    installation: Installation, connect: Connect, switch: Switch
) -> None:
    installation.add_system("1234")
    copied(installation)
    installation.add_system("5678", key=KEY)
    installation.execute("DELETE FROM alarms_alarmsystem WHERE account = '1234'")
    switch.down = True
    receiver = installation.start()
    switch.down = False
    known = receiver.process.accounts
    assert eventually(lambda: [system.account for system in known.by_id.values()] == [b"5678"])
    assert kind_of(connect(receiver.ports["tcp"]).ask(event("5678", 1, key=KEY))) == "ACK"


def test_the_command_listens_too(installation: Installation, shell: Shell, connect: Connect) -> None:
    port, nobody = free_port(), free_port()
    shell.environment["DATABASE_URL"] = f"postgres://nobody@127.0.0.1:{nobody}/none"
    process = shell.receive("--tcp", port, "--name", "early")
    panel = connect(port)
    panel.send(event("1234", 1))
    assert panel.answers(1, 1.0) == []
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


class TestCopy:
    """The file by itself."""

    LINES = (LineRow("main", "ajax", "spool"), LineRow("other", "", "hold"))

    def rows(self, count: int) -> list[SystemRow]:
        return [
            SystemRow(number, "main", f"{number:04X}", f"sealed {number}", "", 200, None)
            for number in range(1, count + 1)
        ]

    @pytest.mark.parametrize("count", [0, 1, 1000, 2500])
    def test_it_gives_back_what_was_written(self, tmp_path: Path, count: int) -> None:
        copy = KnownCopy(tmp_path, SECRET, "test")
        assert copy.read() is None
        copy.write(self.LINES, self.rows(count))
        assert copy.read() == (list(self.LINES), self.rows(count))
        assert [path.name for path in tmp_path.iterdir()] == [FILE]
        assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600

    def test_nothing_can_be_read_from_it_or_put_into_it(self, tmp_path: Path) -> None:
        copy = KnownCopy(tmp_path, SECRET, "test")
        copy.write(self.LINES, self.rows(2500))
        path = tmp_path / FILE
        whole = path.read_text()
        assert "sealed" not in whole
        assert "main" not in whole
        assert KnownCopy(tmp_path, "another secret", "test").read() is None
        pieces = whole.splitlines(keepends=True)
        for changed in (
            pieces[:-1],
            [pieces[0], pieces[2], pieces[1], pieces[3]],
            [*pieces, pieces[-1]],
            [pieces[0][:-10] + "AAAAAAAAA\n", *pieces[1:]],
            [],
        ):
            path.write_text("".join(changed))
            assert copy.read() is None
        path.write_text(whole)
        assert copy.read() is not None
        assert "ajax" in unseal(pieces[0].strip(), SECRET)


# --- a real PostgreSQL that is not there yet --------------------------------------------------------


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[tuple[Installation, Cluster]]:
    """An installation on a server of its own, which can be stopped."""
    if not ON_POSTGRESQL:
        pytest.skip("on PostgreSQL only")
    try:
        cluster = Cluster()
    except NoPostgresql as error:
        pytest.skip(str(error))
    migrated.copy_to_server(cluster.url)
    made = Installation(
        cluster.url, DatabaseAddress(parameters={"conninfo": cluster.url}), tmp_path / "alarms"
    )
    yield made, cluster
    for listening in made.running:
        listening.stop()
        assert not listening.failure
    cluster.remove()


@pytest.mark.postgresql
def test_a_postgresql_that_comes_after_the_receiver(
    stopped: tuple[Installation, Cluster], connect: Connect
) -> None:
    installation, cluster = stopped
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("TRUNCATE alarms_journalsegment, alarms_line, places_campus CASCADE")
    installation.add_system("1234", key=KEY)
    cluster.stop()
    panel = connect(installation.start().ports["tcp"])
    panel.send(event("1234", 1, key=KEY))
    assert panel.answers(1, 1.0) == []
    cluster.start()
    begun = time.monotonic()
    assert kind_of(*panel.answers(1, 10.0)) == "ACK"
    assert time.monotonic() - begun < 5.0
    assert sequences(installation) == [1]
