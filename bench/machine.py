"""How quick the machine is at the moment, so that figures of different days can be held beside each other.

Neighbours on the same host slow a virtual machine down by two or three times without showing in its load.
"""

from __future__ import annotations

import os
import time

TURNS = 1_000_000


def state() -> str:
    """Load, cores, and the processor's milliseconds for a million turns of a plain loop, the best of five."""
    load = os.getloadavg()[0]
    return f"load {load:.1f} on {os.cpu_count()} cores; a million turns of a loop {_loop():.0f} ms"


def _loop() -> float:
    took = []
    for _ in range(5):
        begun = time.process_time()
        total = 0
        for turn in range(TURNS):
            total += turn * turn
        took.append(time.process_time() - begun)
    return min(took) * 1000


if __name__ == "__main__":
    print(state())
