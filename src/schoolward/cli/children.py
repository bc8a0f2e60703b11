"""Processes that are kept running: a program of its own, or a fork of this one."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from schoolward.cli.outcome import CommandError, ExitCode

PR_SET_PDEATHSIG = 1
SECONDS_BETWEEN_LOOKS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What is done about a child that has ended."""

    restarts: int | None = 5
    """How often in a row it is started again; ``None`` for without end."""
    good_run: float = 60.0
    """A run of so many seconds counts as none that failed."""
    pause: float = 0.0
    """Seconds before it is started again, doubled each time up to `longest_pause`; 0 is at once."""
    longest_pause: float = 60.0
    given_up_at: Collection[int] = ()
    """Codes with which it says itself that there is no use in trying again."""

    def pause_after(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row (from 1)."""
        return min(self.pause * 2 ** min(failures - 1, 30), self.longest_pause)


ESSENTIAL = Care(restarts=0)
"""Without it there is nothing to be kept running: its end is the end of all."""
FOR_EVER = Care(restarts=None, pause=0.5)
"""It must run again, however often it stumbled."""


@dataclass(kw_only=True)
class Child(ABC):
    """A process that is kept running."""

    name: str
    care: Care = field(default_factory=Care)
    ends_last: bool = False
    """Ended only after the others have: it is to finish what they leave."""
    started_at: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)
    due_at: float = field(default=0.0, init=False)
    """When it is to be started again; 0 while it runs."""

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C reaches the supervisor, which ends all in order."""
        self.started_at, self.due_at = time.monotonic(), 0.0
        self._begin()

    def fail(self) -> float | None:
        """Count an end that nobody asked for. Seconds to wait before the next start; ``None`` for no more."""
        now = time.monotonic()
        if now - self.started_at > self.care.good_run:
            self.failures = 0
        self.failures += 1
        if self.care.restarts is not None and self.failures > self.care.restarts:
            return None
        pause = self.care.pause_after(self.failures)
        self.due_at = now + pause
        return pause

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def exit_code(self) -> int | None:
        """How it ended; ``None`` while it runs, and before its first start."""

    @property
    @abstractmethod
    def is_running(self) -> bool:
        """Whether there is a process."""

    @abstractmethod
    def send(self, number: signal.Signals) -> None:
        """Send the process a signal."""

    def wait(self, seconds: float) -> bool:
        """Wait for its end, and say whether it came in time."""
        until = time.monotonic() + seconds
        while self.is_running and self.exit_code() is None:
            if time.monotonic() > until:
                return False
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return True


@dataclass(kw_only=True)
class Program(Child):
    """A command line."""

    command: Sequence[str]
    environment: dict[str, str]
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def _begin(self) -> None:
        self._process = subprocess.Popen(
            self.command,
            env=self.environment,
            start_new_session=True,
            preexec_fn=partial(_die_with, os.getpid()) if sys.platform == "linux" else None,
        )

    def exit_code(self) -> int | None:
        return self._process.poll() if self._process else None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def send(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        if number == signal.SIGKILL:
            # It leads its group, and what it has started would be left behind: a web server's processes.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
        else:
            self._process.send_signal(number)


@dataclass(kw_only=True)
class Fork(Child):
    """A function in a fork of this process, which has read everything already: it starts at once."""

    work: Callable[[], None]
    _number: int = field(default=0, init=False)
    _code: int | None = field(default=None, init=False)

    def _begin(self) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        ends = (signal.SIGTERM, signal.SIGINT)
        # Until the child has handlers of its own, a signal would only be noted where nobody looks any more.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
        self._number, self._code = os.fork(), None
        if self._number:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            return
        code = int(ExitCode.FAILED)
        try:
            os.setsid()
            for number in ends:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            if sys.platform == "linux":
                _die_with(parent)
            self.work()
            code = int(ExitCode.DONE)
        except CommandError as error:
            error.show()
            code = int(error.code)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def exit_code(self) -> int | None:
        if self._number and self._code is None:
            ended, status = os.waitpid(self._number, os.WNOHANG)
            if ended:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    @property
    def is_running(self) -> bool:
        return bool(self._number) and self.exit_code() is None

    def send(self, number: signal.Signals) -> None:
        # Not reaped yet, as `is_running` has just said: the number is still that of our child.
        if self.is_running:
            os.kill(self._number, number)


def _die_with(parent: int) -> None:
    """Ask the kernel for SIGTERM when the supervisor dies, even by ``kill -9``: the port must come free."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
