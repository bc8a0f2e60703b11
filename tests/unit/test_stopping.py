"""A process that is asked to end does so, however often it is asked."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from schoolward.platform.jobs.stopping import StopRequest

WAITING = """
from schoolward.platform.jobs.stopping import StopRequest
stop = StopRequest()
stop.listen(again_ends={again_ends})
print("ready", flush=True)
{waits}
print("ended in order", flush=True)
"""


def _ended(signals: int, *, again_ends: bool, waits: str = "stop.wait(60)") -> tuple[int, str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING.format(again_ends=again_ends, waits=waits)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for _ in range(signals):
            process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=20)
        return process.returncode, said
    finally:
        process.kill()


@pytest.mark.parametrize("signals", [1, 2, 300])
def test_signals_one_after_the_other_end_it_in_order(signals: int) -> None:
    code, said = _ended(signals, again_ends=False, waits="while not stop.wait(0.001): pass\nstop.wait(60)")
    # Signals that arrive while Python shuts down find the default again.
    assert said == "ended in order\n"
    assert code in (0, -signal.SIGTERM)


def test_a_handler_interrupted_by_the_next_signal_does_not_wait_for_itself() -> None:
    code, said = _ended(1, again_ends=False, waits=_INTERRUPTED)
    assert (code, said) == (0, "ended in order\n")


def test_the_second_signal_ends_it_where_that_is_wanted() -> None:
    waits = "import signal\nfor _ in range(2): signal.raise_signal(signal.SIGTERM)"
    code, said = _ended(0, again_ends=True, waits=waits)
    assert (code, said) == (-signal.SIGTERM, "")


def test_waiting_takes_its_time_and_no_more() -> None:
    stop = StopRequest()
    begun = time.monotonic()
    assert stop.wait(0.25) is False
    assert time.monotonic() - begun >= 0.25
    stop.ask()
    begun = time.monotonic()
    assert stop.wait(60) is True
    assert time.monotonic() - begun < 1


# Every line of the handler is interrupted once: the profiler sends the next signal from within.
_INTERRUPTED = """
import signal, sys
left = 20
def trace(frame, event, argument):
    global left
    if frame.f_code.co_name == "_on_signal" or "threading" in frame.f_code.co_filename:
        if left:
            left -= 1
            signal.raise_signal(signal.SIGTERM)
    return trace
sys.settrace(trace)
stop.wait(60)
sys.settrace(None)
"""
