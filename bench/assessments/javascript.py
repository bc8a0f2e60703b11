"""A Node process that answers lines of JSON with lines of JSON: the browser's code, run beside Python."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.build_frontend import FRONTEND, node_folder


class Script:
    """One script, running. What it writes to standard error is seen at once."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, question: Any) -> Any:
        """Send one line and wait for one."""
        self.send(question)
        return self.receive()

    def send(self, message: Any) -> None:
        """Send one line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def receive(self) -> Any:
        """Wait for one line. Raises :class:`EOFError` where the script has ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise EOFError(f"The script ended with {self._process.wait()}.")
        return json.loads(line)


def node_program() -> Path:
    """The Node that the wheel brought."""
    return node_folder() / ("node.exe" if os.name == "nt" else "bin/node")


@contextmanager
def running(script: Path, *arguments: str) -> Iterator[Script]:
    """Run a script of ours in Node; it ends when its standard input does."""
    process = subprocess.Popen(
        [node_program(), script, *arguments],
        cwd=FRONTEND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield Script(process)
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
