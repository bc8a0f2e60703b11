"""Ending a process when SIGTERM or SIGINT asks for it."""

from __future__ import annotations

import signal
import time
from types import FrameType

_SLICE_SECONDS = 0.1


class StopRequest:
    """Whether this process has been asked to end.

    A signal's handler can be interrupted by the next signal: `make` hands on what its children have from the
    terminal already. A ``threading.Event`` takes a lock when it is set, and the second handler would wait for
    the first for ever; so this is a plain attribute, looked at often.
    """

    def __init__(self) -> None:
        self._asked = False
        self._again_ends = False

    def listen(self, *, again_ends: bool = False) -> None:
        """Take SIGTERM and SIGINT as the request; with ``again_ends`` a second one ends the process."""
        self._again_ends = again_ends
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def ask(self) -> None:
        """Ask for the end."""
        self._asked = True

    def is_set(self) -> bool:
        """Whether the end was asked for."""
        return self._asked

    def wait(self, seconds: float) -> bool:
        """Sleep so long, or until the end is asked for. Returns whether it was."""
        until = time.monotonic() + seconds
        while not self._asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _SLICE_SECONDS))
        return self._asked

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._asked and self._again_ends:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self._asked = True
