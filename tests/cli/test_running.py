"""`schoolward run` as a supervisor: it starts a web server and a worker, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import select
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests import migrated

from schoolward.cli.alarm_receiver import DEFAULT_PORT

# In processes whose database is SQLite's, on whichever the tests run.
pytestmark = pytest.mark.no_database


@dataclass
class Running:
    """A started installation."""

    process: subprocess.Popen[str]
    port: int

    def wait_until_it_says(self, words: str) -> str:
        """Read its output up to the line with the words, and return that line."""
        assert self.process.stdout is not None
        read = ""
        for line in self.process.stdout:
            read += line
            if words in line:
                return line
        raise AssertionError(f"it ended without saying {words!r}:\n{read}")

    def children(self) -> set[int]:
        """The processes that it has started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(number) for number in path.read_text().split()}


@pytest.fixture
def tables(tmp_path: Path) -> None:
    """The data folder has all tables, for those whom the making of them does not concern."""
    migrated.copy_to(tmp_path)


@pytest.fixture
def running(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Running]:
    """`schoolward run` on a free port, in an empty data folder; its options by an indirect parameter."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "schoolward", "run", "--port", str(port), *getattr(request, "param", ())],
        env={**os.environ, "SCHOOLWARD_DATA_DIR": str(tmp_path), "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield Running(process, port)
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=60)


def wait_until_gone(numbers: set[int]) -> None:
    """Wait until none of these processes is left; a process that has ended makes its descriptor readable."""
    for number in numbers:
        try:
            descriptor = os.pidfd_open(number)
        except ProcessLookupError:
            continue
        with os.fdopen(descriptor) as handle:
            ready, _, _ = select.select([handle], [], [], 60)
            assert ready, f"process {number} is still there"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_sigterm_stops_everything(running: Running) -> None:
    assert f"http://127.0.0.1:{running.port}/" in running.wait_until_it_says("Schoolward is at")
    children = running.children()
    assert len(children) == 2
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=60) == 0
    wait_until_gone(children)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel to end the children")
@pytest.mark.usefixtures("tables")
def test_a_killed_supervisor_leaves_nothing_behind(running: Running) -> None:
    running.wait_until_it_says("Schoolward is at")
    children = running.children()
    assert len(children) == 2
    running.process.kill()
    running.process.wait()
    wait_until_gone(children)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.usefixtures("tables")
def test_a_killed_worker_is_started_again(running: Running) -> None:
    running.wait_until_it_says("Schoolward is at")
    worker = next(
        number
        for number in running.children()
        if Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")[-2] == b"worker"
    )
    os.kill(worker, signal.SIGKILL)
    running.wait_until_it_says("starting it again")
    running.wait_until_it_says("worker.started")


@pytest.fixture
def taken() -> Iterator[None]:
    """The receiver's usual port is not to be had."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # somebody else has it: just as well
            other.bind(("127.0.0.1", DEFAULT_PORT))
            other.listen()
        yield


def cases_in(folder: Path) -> list[str]:
    """The titles of the alarm cases."""
    with closing(sqlite3.connect(folder / "schoolward.sqlite3")) as database:
        return [title for (title,) in database.execute("SELECT title FROM alarms_case")]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("running", [("--alarms", "--no-worker")], indirect=True)
@pytest.mark.usefixtures("tables")
def test_alarms_are_received_and_their_receiver_may_die(
    taken: None, running: Running, tmp_path: Path
) -> None:
    told = running.wait_until_it_says("alarms simulate")
    port = int(told.split("--port ")[1].split()[0])
    assert port != DEFAULT_PORT
    running.wait_until_it_says(f"listens: tcp 127.0.0.1:{port}, udp 127.0.0.1:{port}")

    # Whoever types what it printed sees cases.
    command = told.replace("--seconds 60", "--events 2").replace("--rate 0.5", "--rate 20")
    _folder, _schoolward, *arguments = shlex.split(command)
    played = subprocess.run(
        [sys.executable, "-m", "schoolward", *arguments], capture_output=True, text=True, check=True
    )
    assert json.loads(played.stdout)["acknowledged"] == 2
    until = time.monotonic() + 30
    while not cases_in(tmp_path) and time.monotonic() < until:
        time.sleep(0.1)
    assert all(title.startswith("Unknown account") for title in cases_in(tmp_path))
    assert cases_in(tmp_path)

    receiver = next(
        number
        for number in running.children()
        if b"receive" in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    )
    os.kill(receiver, signal.SIGKILL)
    running.wait_until_it_says("The alarm receiver ended")
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    running.wait_until_it_says("listens:")
    children = running.children()
    assert len(children) == 2
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=60) == 0
    wait_until_gone(children)
