"""Keeps processes running, starts again what died, and takes all of them down together."""

from __future__ import annotations

import errno
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence

from schoolward.cli.children import Child
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.terminal import say
from schoolward.platform.jobs.stopping import StopRequest

SECONDS_TO_STOP = 15.0
SECONDS_TO_START = 60.0
SECONDS_BETWEEN_LOOKS = 0.1


def port_trouble(host: str, port: int, kind: int = socket.SOCK_STREAM) -> OSError | None:
    """Why a port cannot be listened on, or ``None`` where it can."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def check_port(host: str, port: int) -> None:
    """Raise :class:`CommandError` when the web server's port cannot be listened on."""
    error = port_trouble(host, port)
    if error is not None:
        why = {errno.EADDRINUSE: "is taken", errno.EACCES: "is reserved for the system"}
        said = why.get(error.errno or 0, f"cannot be used ({error.strerror})")
        raise CommandError(
            f"Port {port} of {host} {said}; choose another, e.g. `schoolward run --port {port + 1}` "
            f"or `make run PORT={port + 1}`.",
            ExitCode.NOT_READY,
        )


class Supervisor:
    """Starts its children, starts each again that died as its care says, and ends all of them in order.

    Those in ``later`` are started when the address that is waited for answers.
    """

    def __init__(self, children: Sequence[Child], later: Sequence[Child] = ()) -> None:
        self._first = list(children)
        self._later = list(later)
        self._kept: list[Child] = []
        self._stop = StopRequest()

    def run(self, *, address: str = "", when_ready: Callable[[], None] | None = None) -> None:
        """Keep everything running until SIGTERM or SIGINT.

        Raises :class:`CommandError` when one of them cannot be kept.
        """
        self._stop.listen()
        try:
            self._start(self._first)
            if not address or self._wait_until_it_answers(address):
                self._start(self._later)
                if when_ready is not None:
                    when_ready()
            while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
                self._look_after_children()
        finally:
            self._end([child for child in self._kept if not child.ends_last])
            self._end([child for child in self._kept if child.ends_last])

    def _start(self, children: Sequence[Child]) -> None:
        for child in children:
            self._kept.append(child)
            child.start()

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
        for child in self._kept:
            if child.due_at:
                if time.monotonic() >= child.due_at:
                    child.start()
            elif (code := child.exit_code()) is not None:
                self._start_again(child, code)

    def _start_again(self, child: Child, code: int) -> None:
        name = f"The {child.name}"
        pause = child.fail()
        if child.care.restarts == 0:
            raise CommandError(f"{name} ended with code {code}; the lines above say why.")
        if pause is None or code in child.care.given_up_at:
            raise CommandError(
                f"{name} ends as soon as it is started; the lines above say why.",
                ExitCode.NOT_READY if child.care.given_up_at else ExitCode.FAILED,
            )
        say(
            f"{name} ended with code {code}; starting it again"
            + (f" in {pause:.0f} seconds." if pause >= 1 else ".")
        )
        if not pause:
            child.start()

    def _end(self, children: Sequence[Child]) -> None:
        running = [child for child in children if child.is_running]
        for child in running:
            child.send(signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_STOP
        for child in running:
            if not child.wait(max(0.1, until - time.monotonic())):
                child.send(signal.SIGKILL)
                child.wait(SECONDS_TO_STOP)
