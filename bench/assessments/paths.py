"""Where the scripts are that Node runs for benchmarks and tests."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
REPLAY = HERE / "replay.mjs"
"""Replays sessions on compiled forms."""
FAULTS = HERE / "faults.mjs"
"""Fills walks while tabs die and the network fails."""
KNOWN = HERE / "known.mjs"
"""Says what a walk's page shows of other devices."""
