"""What a kept process started itself goes with it, however stubborn it is."""

from __future__ import annotations

import os
import select
import signal
import sys
from pathlib import Path

import pytest

from schoolward.cli.children import Program

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
print(child.pid, file=open(sys.argv[1] + ".part", "w"), flush=True)
__import__("os").replace(sys.argv[1] + ".part", sys.argv[1])
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="waits by pidfd")
def test_a_kill_takes_what_the_process_started(tmp_path: Path) -> None:
    told = tmp_path / "number"
    program = Program(
        name="stubborn", command=[sys.executable, "-c", STUBBORN, str(told)], environment=dict(os.environ)
    )
    program.start()
    try:
        for _ in range(600):
            if told.exists() or program.wait(0.1):
                break
        descriptor = os.pidfd_open(int(told.read_text()))
        program.send(signal.SIGTERM)
        assert not program.wait(0.3)
    finally:
        program.send(signal.SIGKILL)
    assert program.wait(30)
    with os.fdopen(descriptor) as handle:
        ready, _, _ = select.select([handle], [], [], 30)
    assert ready, "the process's own child is still there"
