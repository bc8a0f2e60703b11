"""The commands as processes: receive with workers, simulate, journal, and how each ends in a sentence."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.domain.alarms.receiver.in_hand import ROOT, Installation, PanelClient, event, kind_of

Connect = Callable[..., PanelClient]
RUN = (
    "from schoolward.cli import main; "
    "main.COMMANDS.setdefault('alarms', ('schoolward.cli.alarms:alarms', '')); main.main()"
)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Shell:
    """Runs the command on a test's installation."""

    def __init__(self, installation: Installation) -> None:
        self._environment = {
            **os.environ,
            "SCHOOLWARD_DATA_DIR": str(installation.folder.parent),
            "DATABASE_URL": installation.url,
            "SCHOOLWARD_SECRET_KEY": "the secret of a test",
            "PYTHONPATH": str(ROOT / "src"),
        }
        self.running: list[subprocess.Popen[str]] = []

    def run(self, *arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
        """To its end."""
        command = [sys.executable, "-c", RUN, "alarms", *map(str, arguments)]
        environment = self._environment | more.pop("environment", {})
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    def receive(self, *arguments: object, listening: int = 1) -> subprocess.Popen[str]:
        """Start a receiver, and wait until so many of its workers listen."""
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, "alarms", "receive", *map(str, arguments)],
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.append(process)
        assert process.stderr is not None
        said = ""
        while said.count("listens:") < listening:
            line = process.stderr.readline()
            assert line, said
            said += line
        return process


@pytest.fixture
def shell(installation: Installation) -> Iterator[Shell]:
    """The command, with what it started ended."""
    made = Shell(installation)
    yield made
    for process in made.running:
        if process.poll() is None:
            process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


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

    found = kill.run(
        2, "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite", 4
    )
    assert found["lost"] == 0
    # What was stored when the play ended, and not yet acknowledged, is in the journal besides.
    assert 0 < found["acknowledged"] <= found["events_in_the_journal"]
