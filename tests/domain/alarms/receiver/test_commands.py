"""The commands as processes: receive with workers, simulate, journal, and how each ends in a sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from tests.domain.alarms.receiver.in_hand import Installation, PanelClient, event, eventually, kind_of
from tests.domain.alarms.receiver.in_shell import Shell, free_port

Connect = Callable[..., PanelClient]


def test_workers_share_a_port_and_each_has_its_chain(
    installation: Installation, shell: Shell, connect: Connect
) -> None:
    installation.add_system("1234")
    port = free_port()
    process = shell.receive("--tcp", port, "--workers", 2, "--name", "pair", listening=2)
    for number in range(1, 25):
        assert kind_of(connect(port).ask(event("1234", number))) == "ACK"
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    both = [len(installation.records(f"pair-{number}")) for number in (1, 2)]
    assert sum(both) == 24
    assert min(both) > 0
    verified = shell.run("journal", "verify", "--json")
    assert verified.returncode == 0
    assert [chain["receiver"] for chain in json.loads(verified.stdout)["chains"]] == ["pair-1", "pair-2"]


def test_a_worker_that_is_killed_is_started_again(
    installation: Installation, shell: Shell, connect: Connect
) -> None:
    installation.add_system("1234")
    port = free_port()
    process = shell.receive("--tcp", port, "--workers", 2, "--name", "pair", listening=2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    first = int(children.read_text().split()[0])
    os.kill(first, signal.SIGKILL)
    begun = time.monotonic()
    assert process.stderr is not None
    while "listens:" not in process.stderr.readline():
        assert time.monotonic() - begun < 10
    # A fork of a process that has read everything already: there is no start-up to wait for.
    assert time.monotonic() - begun < 2.0
    assert kind_of(connect(port).ask(event("1234", 1))) == "ACK"


def children_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes that it keeps: its receivers in order, then its builder."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return sorted(int(number) for number in path.read_text().split())


def two_without(ended: int, process: subprocess.Popen[str]) -> list[int]:
    """Its receiver and its builder once they are two again without the one that ended."""
    found = children_of(process)
    return found if len(found) == 2 and ended not in found else []


def cases(installation: Installation) -> int:
    """How many cases there are."""
    return int(installation.execute("SELECT count(*) FROM alarms_case")[0][0])


def test_cases_are_made_without_anybody_starting_a_builder(
    installation: Installation, shell: Shell, connect: Connect
) -> None:
    installation.add_system("1234")
    port = free_port()
    process = shell.receive("--tcp", port, "--name", "alone")
    assert kind_of(connect(port).ask(event("1234", 1))) == "ACK"
    assert eventually(lambda: cases(installation) == 1, 20)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_a_builder_that_is_killed_is_started_again_however_often_and_receiving_goes_on(
    installation: Installation, shell: Shell, connect: Connect
) -> None:
    installation.add_system("1234")
    port = free_port()
    process = shell.receive("--tcp", port, "--name", "alone")
    assert eventually(lambda: len(children_of(process)) == 2)
    receiver, builder = children_of(process)
    panel = connect(port)
    for number in range(1, 4):
        os.kill(builder, signal.SIGKILL)
        assert kind_of(panel.ask(event("1234", number))) == "ACK"
        first, builder = eventually(partial(two_without, builder, process), 20)
        assert first == receiver, "the receiver is the one of before"
    assert eventually(lambda: cases(installation) >= 1, 20)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_what_was_acknowledged_last_becomes_a_case_before_the_end(
    installation: Installation, shell: Shell, connect: Connect
) -> None:
    installation.add_system("1234")
    port = free_port()
    process = shell.receive("--tcp", port, "--name", "alone")
    read = "SELECT sequence FROM alarms_readposition WHERE receiver = 'alone'"
    assert eventually(lambda: installation.execute(read), 20), "the builder is at work"
    connect(port).ask(event("1234", 1))
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert cases(installation) == 1
    last = installation.execute("SELECT max(sequence) FROM alarms_journalsegment WHERE receiver = 'alone'")
    # The receiver's own note that it was stopped is the last, and was read as well.
    assert installation.execute(read) == last


def test_the_builder_can_be_left_to_another(
    installation: Installation, shell: Shell, connect: Connect
) -> None:
    installation.add_system("1234")
    port = free_port()
    process = shell.receive("--tcp", port, "--name", "alone", "--no-builder")
    assert children_of(process) == []
    assert kind_of(connect(port).ask(event("1234", 1))) == "ACK"
    assert cases(installation) == 0
    built = shell.run("build", "--once")
    assert "cases=1" in built.stdout
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_sigterm_stores_and_acknowledges_what_was_received(
    installation: Installation, shell: Shell, connect: Connect
) -> None:
    installation.add_system("1234")
    port = free_port()
    process = shell.receive("--tcp", port, "--name", "alone")
    panel = connect(port)
    panel.send(b"".join(event("1234", number) for number in range(1, 501)))
    first = panel.answers(1)
    process.send_signal(signal.SIGTERM)
    answered = len(first) + len(panel.answers(500, 3.0))
    assert process.wait(20) == 0
    assert answered == len(installation.records("alone"))


def test_a_simulated_district_with_every_fault_loses_nothing(
    installation: Installation, shell: Shell
) -> None:
    from schoolward.domains.alarms.simulator.panels import invented_panels

    for panel in invented_panels(12, seed=5, encrypted=True):
        installation.add_system(panel.account, key=panel.key_text)
    port = free_port()
    shell.receive("--tcp", port, "--udp", port, "--name", "district")
    faults = "crc,split,coalesced,junk,skew,replay,wrong-key,plaintext"
    played = shell.run(
        "simulate", "--port", port, "--events", 150, "--storm", "--faults", faults, "--fault-share", 0.5,
        "--resend-after", 3, "--seed", 5,
    )  # fmt: skip
    assert played.returncode == 0, played.stderr
    result = json.loads(played.stdout)
    assert result["unexpected"] == []
    assert result["acknowledged"] == result["sent"] >= 150
    assert set(result["faults"]) == {"coalesced", "crc", "plaintext", "replay", "skew", "wrong-key"}
    over_udp = shell.run("simulate", "--port", port, "--udp", "--events", 30, "--storm", "--resend-after", 3)
    assert json.loads(over_udp.stdout)["acknowledged"] == 30
    nobody = free_port()
    backed = shell.run(
        "simulate", "--port", nobody, "--backup", f"127.0.0.1:{port}", "--events", 30, "--storm"
    )  # fmt: skip
    assert json.loads(backed.stdout)["acknowledged"] == 30, "the panels turn to their second receiver"
    for wrong in ("here", "127.0.0.1:0", ":1"):
        refused = shell.run("simulate", "--port", port, "--backup", wrong, "--events", 1)
        assert (refused.returncode, "HOST:PORT" in refused.stderr) == (2, True)


def test_a_line_that_nobody_entered_is_said(installation: Installation, shell: Shell) -> None:
    installation.add_system("1234")
    nowhere = ("--host", "192.0.2.1", "--tcp", "10500")
    named = shell.run("receive", "--line", "nosuch", *nowhere)
    assert "no line is named nosuch (there are: main)" in named.stderr
    assert "no line" not in shell.run("receive", *nowhere).stderr


def test_a_receiver_starts_without_reading_the_models(installation: Installation, shell: Shell) -> None:
    """It must listen again within two seconds of its death: all of Django takes longer."""
    installation.add_system("1234")
    asked = (
        "import sys; from schoolward.cli import alarm_receiver as at; at._find_database('main'); "
        "import schoolward.domains.alarms.receiver.running; "
        "print([name for name in sys.modules if name.startswith(('django.db', 'prometheus', 'numpy')) "
        "or name.endswith('.models')])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", asked], env=shell.environment, capture_output=True, text=True, check=True
    )
    assert (ended.stdout.strip(), ended.stderr) == ("[]", "")


def test_a_receiver_refuses_tables_that_are_not_of_its_version(
    installation: Installation, shell: Shell
) -> None:
    nowhere = ("receive", "--host", "192.0.2.1", "--tcp", "10500")
    newest = max(name for app, name in _migrations(installation) if app == "alarms")
    (applied,) = installation.execute(
        "DELETE FROM django_migrations WHERE app = 'alarms' AND name = ? RETURNING applied", newest
    )
    try:
        behind = shell.run(*nowhere)
        assert (behind.returncode, "is 1 change behind this version" in behind.stderr) == (6, True)
    finally:
        installation.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('alarms', ?, ?)", newest, *applied
        )
    installation.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('alarms', '9999_later', ?)", *applied
    )
    try:
        newer = shell.run(*nowhere)
        assert (newer.returncode, "does not know alarms.9999_later" in newer.stderr) == (6, True)
    finally:
        installation.execute("DELETE FROM django_migrations WHERE name = '9999_later'")


def _migrations(installation: Installation) -> set[tuple[str, str]]:
    with closing(installation.store()) as store:
        return store.migrations()


def test_a_receiver_makes_the_tables_where_there_is_no_database(shell: Shell, tmp_path: Path) -> None:
    there = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3",
        "SCHOOLWARD_DATA_DIR": str(tmp_path / "new"),
        "SCHOOLWARD_AUDIT_ANCHOR": str(tmp_path / "anchor"),
    }
    made = shell.run("receive", "--host", "192.0.2.1", "--tcp", "10500", environment=there)
    assert "Making the database" in made.stderr
    assert "cannot be listened on" in made.stderr, "and goes on"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--tls", "0"], 2, "--certificate"),
        (["--tcp", "0", "--workers", "2"], 2, "by its number"),
        (["--http", "here"], 2, "--http"),
        (["--name", "a/b", "--tcp", "0"], 2, "--name"),
        (["--host", "192.0.2.1", "--tcp", "10500"], 6, "cannot be listened on"),
    ],
)
def test_what_cannot_be_ends_in_a_sentence(shell: Shell, arguments: list[str], code: int, words: str) -> None:
    ended = shell.run("receive", *arguments)
    assert ended.returncode == code
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_taken_port_and_a_taken_name_end_in_a_sentence(installation: Installation, shell: Shell) -> None:
    port = free_port()
    shell.receive("--tcp", port, "--name", "first")
    for arguments, words in (
        (["--tcp", port, "--name", "second"], "cannot be listened on: Address already in use."),
        (
            ["--tcp", port, "--workers", 2, "--name", "second"],
            "cannot be listened on: Address already in use.",
        ),
        (["--tcp", 0, "--name", "first"], "receiver named first runs already"),
    ):
        ended = shell.run("receive", *arguments)
        assert ended.returncode == 6
        assert words in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_changed_segment_is_found(installation: Installation, shell: Shell, connect: Connect) -> None:
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    for number in range(1, 6):
        panel.ask(event("1234", number))
    receiver.stop()
    assert shell.run("journal", "verify").returncode == 0
    shown = shell.run("journal", "show", "--receiver", "test")
    assert [json.loads(line)["way"] for line in shown.stdout.splitlines()].count("tcp") == 5
    assert shell.run("journal", "show", "--receiver", "nobody").returncode == 4
    # Rows cannot be changed; somebody who has the database in hand can still delete one.
    installation.execute("DELETE FROM alarms_journalsegment WHERE sequence = 3")
    ended = shell.run("journal", "verify")
    assert ended.returncode == 7
    assert "segment 3: missing" in ended.stdout


def test_killed_receivers_lose_nothing_that_they_acknowledged() -> None:
    from bench.alarms import kill

    is_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    found = kill.run(2, "postgresql", 4, beside=2) if is_postgresql else kill.run(2, "sqlite", 4)
    assert found["lost"] == 0
    # What was stored when the play ended, and not yet acknowledged, is in the journal besides.
    assert 0 < found["acknowledged"] <= found["events_in_the_journal"]
