"""A PostgreSQL of one's own that can be stopped, killed and started again, with its disk's promises kept.

`scripts/with-postgresql` makes one that forgets everything; here commits wait for the disk, as in production.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path


class NoPostgresql(Exception):
    """The server is not installed."""


def programs() -> Path:
    """The folder of PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoPostgresql(
            "PostgreSQL's server is not installed; on Debian or Ubuntu: apt-get install postgresql"
        )
    return found[-1].parent


class Cluster:
    """A cluster in a temporary folder, on a free port of the loopback."""

    def __init__(self) -> None:
        self._programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="schoolward-cluster-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        # The server refuses to run as root; Debian's package brings an account for it.
        self._as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as_server:
            shutil.chown(self.folder, "postgres")
        self._run(
            "initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "-N"
        )
        self.start()
        for statement in (
            "CREATE ROLE schoolward LOGIN CREATEDB",
            "CREATE DATABASE schoolward OWNER schoolward",
        ):
            self._run(
                "psql", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-c", statement
            )

    @property
    def url(self) -> str:
        """For DATABASE_URL."""
        return f"postgres://schoolward@127.0.0.1:{self.port}/schoolward"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=on -c synchronous_commit=on"
        options += " -c max_connections=60 -c max_wal_size=2GB -c restart_after_crash=off"
        until = time.monotonic() + 60
        while True:
            try:
                self._run(
                    "pg_ctl", "-D", "data", "-w", "-t", "60", "-s", "-l", "server.log", "-o", options, "start"
                )
            except subprocess.CalledProcessError:
                # A child of a killed server notices a little later, and holds its memory until then.
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def stop(self, mode: str = "fast") -> None:
        """Stop it: "fast" in order, "immediate" as after a crash."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", "data", "-m", mode, "-s", "-w", "stop")

    def kill(self) -> None:
        """``kill -9`` of the server and of all that it has started."""
        pid = self._pid()
        if pid is None:
            return
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        for process in (pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for process in (pid, *map(int, children)):
            while Path(f"/proc/{process}").exists() and _state(process) != "Z":
                pass
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def pause(self) -> None:
        """Stop it answering without ending it (SIGSTOP to the server and its children)."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Undo `pause`."""
        self._signal(signal.SIGCONT)

    def remove(self) -> None:
        """Stop it and delete all of it."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def processor_seconds(self) -> float:
        """What the server and its present children have used."""
        pid = self._pid()
        if pid is None:
            return 0.0
        found = subprocess.run(
            ["ps", "-o", "cputimes=", "--ppid", str(pid)], capture_output=True, text=True, check=False
        )
        return float(sum(map(int, found.stdout.split())))

    def _pid(self) -> int | None:
        try:
            return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        except (OSError, IndexError):
            return None

    def _signal(self, number: int) -> None:
        pid = self._pid()
        if pid is None:
            return
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        for process in (pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as_server, str(self._programs / program), *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
