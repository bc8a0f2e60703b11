"""`schoolward run` as a supervisor: it starts a web server and a worker, and leaves nothing behind."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


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
def running(tmp_path: Path) -> Iterator[Running]:
    """`schoolward run` on a free port, in an empty data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "schoolward", "run", "--port", str(port)],
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
def test_a_killed_supervisor_leaves_nothing_behind(running: Running) -> None:
    running.wait_until_it_says("Schoolward is at")
    children = running.children()
    assert len(children) == 2
    running.process.kill()
    running.process.wait()
    wait_until_gone(children)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
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
