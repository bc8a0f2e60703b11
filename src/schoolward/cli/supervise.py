"""Keeps the web server and the worker running, and takes both down together."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.terminal import say
from schoolward.platform.jobs.stopping import StopRequest

SECONDS_TO_STOP = 15.0
SECONDS_TO_START = 60.0
SECONDS_BETWEEN_LOOKS = 0.1
RESTARTS = 5
SECONDS_OF_A_GOOD_RUN = 60.0
PR_SET_PDEATHSIG = 1


def check_port(host: str, port: int) -> None:
    """Raise :class:`CommandError` when the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = {errno.EADDRINUSE: "is taken", errno.EACCES: "is reserved for the system"}
            said = why.get(error.errno or 0, f"cannot be used ({error.strerror})")
            raise CommandError(
                f"Port {port} of {host} {said}; choose another, e.g. `schoolward run --port {port + 1}` "
                f"or `make run PORT={port + 1}`.",
                ExitCode.NOT_READY,
            ) from None


@dataclass
class Child:
    """A process that is kept running."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    restarts: int = field(default=0, init=False)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the supervisor, which stops all in order."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def exit_code(self) -> int | None:
        """How it ended, or ``None`` while it runs."""
        return self.process.poll() if self.process else None


def _die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the supervisor dies, even by ``kill -9``: the port must come free."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:
        os.kill(os.getpid(), signal.SIGTERM)


class Supervisor:
    """Starts its children, starts a worker again that has died, and ends when the web server does."""

    def __init__(self, web: Child, others: Sequence[Child]) -> None:
        self.web = web
        self.others = list(others)
        self._stop = StopRequest()

    def run(self, *, address: str, when_ready: Callable[[], None]) -> None:
        """Keep everything running until SIGTERM or SIGINT. Raises :class:`CommandError` when it cannot."""
        self._stop.listen()
        try:
            for child in (self.web, *self.others):
                child.start()
            if self._wait_until_it_answers(address):
                when_ready()
            while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
                self._look_after_children()
        finally:
            self._stop_children()

    def _wait_until_it_answers(self, address: str) -> bool:
        """Whether the server answers at all; any answer will do. False when told to stop meanwhile."""
        until = time.monotonic() + SECONDS_TO_START
        while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
            self._look_after_children()
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5)  # noqa: S310 - our own address
            except urllib.error.HTTPError:
                return True
            except OSError:
                if time.monotonic() > until:
                    raise CommandError("The web server does not answer.", ExitCode.NOT_READY) from None
                continue
            return True
        return False

    def _look_after_children(self) -> None:
        if (code := self.web.exit_code()) is not None:
            raise CommandError(f"The web server ended with code {code}; the lines above say why.")
        for child in self.others:
            if (code := child.exit_code()) is None:
                continue
            if time.monotonic() - child.started_at > SECONDS_OF_A_GOOD_RUN:
                child.restarts = 0
            child.restarts += 1
            if child.restarts > RESTARTS:
                raise CommandError(
                    f"The {child.name} ends as soon as it is started; the lines above say why."
                )
            say(f"The {child.name} ended with code {code}; starting it again.")
            child.start()

    def _stop_children(self) -> None:
        running = [
            child.process
            for child in (self.web, *self.others)
            if child.process is not None and child.process.poll() is None
        ]
        for process in running:
            process.terminate()
        until = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
