"""The commands as processes, on a test's installation."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import Any

from tests.domain.alarms.receiver.in_hand import ON_POSTGRESQL, ROOT, Installation

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
        self.environment = {
            **os.environ,
            "SCHOOLWARD_DATA_DIR": str(installation.folder.parent),
            "DATABASE_URL": installation.url,
            "SCHOOLWARD_SECRET_KEY": "the secret of a test",
            "PYTHONPATH": str(ROOT / "src"),
        }
        if ON_POSTGRESQL:
            # One database for all tests of a session: what the builders audit in it has one anchor as well.
            self.environment["SCHOOLWARD_AUDIT_ANCHOR"] = str(installation.folder.parents[1] / "audit-anchor")
        self.running: list[subprocess.Popen[str]] = []

    def run(self, *arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
        """To its end."""
        command = [sys.executable, "-c", RUN, "alarms", *map(str, arguments)]
        environment = self.environment | more.pop("environment", {})
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=180, check=False
        )

    def receive(self, *arguments: object, listening: int = 1) -> subprocess.Popen[str]:
        """Start a receiver, and wait until so many of its workers listen."""
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, "alarms", "receive", *map(str, arguments)],
            env=self.environment,
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
