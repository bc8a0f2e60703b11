"""Mutated frames against a live connection of the receiver: no crash, no wrong CRC acknowledged, flat memory.

    .venv/bin/python bench/alarms/mutants.py [--frames 1000000] [--seed 1]

In process: a connection object with a transport that collects, the rules, and a writer that is a list. Each
seed plays other frames; ten million over time are the goal.

The receiver remembers encrypted frames for a minute or two, so that its memory follows the frames a second,
and those follow whatever else the machine does. So time is played too: FRAMES_A_MINUTE frames are a minute.
Memory is read once a minute, at the same point of the receiver's own turn; a line through the last half of
the readings has a slope, with its 95 % interval. Ends with 1 where a frame was wrongly acknowledged, where
the slope may be steeper than MOST_SLOPE_MB a million frames, or, in a run too short for that, where memory
grew by more than MOST_GROWTH_MB after the first 20,000 frames.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from pathlib import Path
from typing import Any

MOST_GROWTH_MB = 4.0
MOST_SLOPE_MB = 0.2
FRAMES_A_MINUTE = 60_000
#: Fewer readings than these in the last half are no line.
FEWEST_READINGS = 8
ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import gc  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from datetime import UTC, datetime  # noqa: E402

from bench.alarms.load import bench_panels  # noqa: E402

from schoolward.domains.alarms.journal import Way  # noqa: E402
from schoolward.domains.alarms.keys import seal  # noqa: E402
from schoolward.domains.alarms.receiver import connections as connections_module  # noqa: E402
from schoolward.domains.alarms.receiver.accounts import Accounts  # noqa: E402
from schoolward.domains.alarms.receiver.connections import Connection, Connections  # noqa: E402
from schoolward.domains.alarms.receiver.receiving import Entry, Receiver  # noqa: E402
from schoolward.domains.alarms.receiver.status import Status  # noqa: E402
from schoolward.domains.alarms.receiver.storing.store import LineRow, SystemRow  # noqa: E402
from schoolward.protocols.dc09 import parse_envelope  # noqa: E402


class Collecting:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closing = False
        self.write = self.written.append

    def get_extra_info(self, _name: str) -> tuple[str, int]:
        return "127.0.0.1", 1

    def is_closing(self) -> bool:
        return self.closing

    def abort(self) -> None:
        self.closing = True


def _table() -> list[int]:
    table = []
    for register in range(256):
        for _ in range(8):
            register = register >> 1 ^ (0xA001 if register & 1 else 0)
        table.append(register)
    return table


_TABLE = _table()


def crc(data: bytes) -> int:
    """CRC-16/ARC by a table of our own, not the receiver's: both would have to be wrong."""
    register = 0
    for byte in data:
        register = register >> 8 ^ _TABLE[(register ^ byte) & 0xFF]
    return register


def is_sound(raw: bytes) -> bool:
    """Whether a frame's CRC fits, in digits or as two bytes, by our own reckoning."""
    quote = raw.find(b'"')
    if quote == 9:
        try:
            return int(raw[1:5], 16) == crc(raw[9:-1])
        except ValueError:
            return False
    return quote == 7 and int.from_bytes(raw[1:3], "big") == crc(raw[7:-1])


class PlayedClock:
    """Stands where the connections' module reads the time."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        """Seconds since 1970, as played."""
        return self.now


class Mutants:
    """Plays mutated frames, and keeps what was wrongly acknowledged."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._clock = PlayedClock()
        vars(connections_module)["time"] = self._clock
        self.frames = 0
        self.acknowledged = 0
        self.wrongly_acknowledged: list[bytes] = []
        self._panels = bench_panels(8, encrypted=False) + bench_panels(16, encrypted=True)[8:]
        accounts = Accounts("mutants")
        accounts.set_lines([LineRow("main", "standard", "hold")])
        accounts.take(
            SystemRow(number, "main", panel.account, seal(panel.key_text, "mutants"), "", None, None)
            for number, panel in enumerate(self._panels, start=1)
        )
        self._entries: list[Entry] = []
        status = Status()
        self._receiver = Receiver(
            accounts, "main", self._entries.append, status, lambda _system: None, lambda _system: None
        )
        self._receiver.follow_line()
        self._connections = Connections(self._receiver, status, 100)
        self._connect()
        self._seeds: list[bytes] = []

    def run(self, count: int) -> None:
        """Play so many."""
        for number in range(count):
            self._clock.now += 60 / FRAMES_A_MINUTE
            if number % 500 == 0:
                now = datetime.fromtimestamp(self._clock.now, UTC)
                self._seeds = [
                    panel.frame(panel.next_sequence(), b"Nri1/BA%03d" % self._chance.randrange(99), now)
                    for panel in self._panels
                ] + [panel.link_test(now) for panel in self._panels]
            self._play(self._mutate(self._chance.choice(self._seeds)))
        self.frames += count

    def _play(self, data: bytes) -> None:
        pieces = [data]
        if self._chance.random() < 0.1 and len(data) > 1:
            at = self._chance.randrange(1, len(data))
            pieces = [data[:at], data[at:]]
        for piece in pieces:
            self._connection.data_received(piece)
        self._receiver.release(self._entries)
        for _packed, peer, envelope, _key in self._entries:
            if peer is not None and envelope is not None and not is_sound(envelope.raw):
                self.wrongly_acknowledged.append(envelope.raw)
        self._entries.clear()
        written: list[bytes] = self._transport.written
        for answer in written:
            self.acknowledged += b'ACK"' in answer
            if not parse_envelope(answer).ok:
                self.wrongly_acknowledged.append(answer)
        written.clear()
        if self._transport.closing:
            self._connection.connection_lost(None)
            self._connect()

    def _connect(self) -> None:
        self._transport = Collecting()
        self._connection = Connection(self._connections, Way.TCP)
        transport: Any = self._transport
        self._connection.connection_made(transport)

    def _mutate(self, frame: bytes) -> bytes:
        chance = self._chance
        data = bytearray(frame)
        for _ in range(chance.choice((0, 1, 1, 1, 2, 4))):
            at = chance.randrange(len(data)) if data else 0
            kind = chance.randrange(7)
            if kind == 0 and data:
                data[at] = chance.randrange(256)
            elif kind == 1 and data:
                data[at] ^= 1 << chance.randrange(8)
            elif kind == 2:
                data[at:at] = chance.randbytes(chance.randrange(1, 5))
            elif kind == 3 and data:
                del data[at : at + chance.randrange(1, 6)]
            elif kind == 4:
                data[at:at] = chance.choice((b"\r", b"\n", b'"', b"[", b"]", b"#", b"|", b"\0", b"^"))
            elif kind == 5:
                data += bytes(chance.choice(self._seeds))
            elif data:
                other = chance.randrange(len(data))
                data[at], data[other] = data[other], data[at]
        return bytes(data)


@dataclass(frozen=True, slots=True)
class Reading:
    """The process's memory after so many frames: in MB, and the blocks that Python has handed out."""

    frames: int
    resident_mb: float
    blocks: int


def read(frames: int) -> Reading:
    """Read it, after what is garbage is gone."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Reading(frames, pages * resource.getpagesize() / 2**20, sys.getallocatedblocks())


def slope_of(readings: list[Reading]) -> tuple[float, float, float]:
    """MB a million frames of the line of least squares, and the ends of its 95 % interval."""
    from scipy import stats

    line = stats.linregress([one.frames / 1e6 for one in readings], [one.resident_mb for one in readings])
    margin = float(stats.t.ppf(0.975, len(readings) - 2)) * float(line.stderr)
    return float(line.slope), float(line.slope) - margin, float(line.slope) + margin


def is_flat(readings: list[Reading]) -> bool:
    """Say what became of memory, and whether that is flat."""
    last = readings[len(readings) // 2 :]
    first = readings[0]
    print(
        f"memory: {first.resident_mb:.1f} MB after {first.frames:,} frames, {last[0].resident_mb:.1f} after "
        f"{last[0].frames:,}, {last[-1].resident_mb:.1f} at the end; blocks {first.blocks:,}, "
        f"{last[0].blocks:,}, {last[-1].blocks:,}"
    )
    if len(last) < FEWEST_READINGS:
        grown = readings[-1].resident_mb - first.resident_mb
        print(f"too short a run for a line; grew by {grown:.1f} MB (at most {MOST_GROWTH_MB:.0f})")
        return grown <= MOST_GROWTH_MB
    slope, low, high = slope_of(last)
    flat = high <= MOST_SLOPE_MB
    print(
        f"{'flat' if flat else 'NOT SHOWN TO BE FLAT'}: {slope:+.3f} MB a million frames over the last "
        f"{last[-1].frames - last[0].frames:,} ({low:+.3f} to {high:+.3f}; at most {MOST_SLOPE_MB:+.1f})"
    )
    return flat


def main() -> None:
    """Play, and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    mutants = Mutants(random.Random(given.seed))
    begun = time.monotonic()
    mutants.run(min(given.frames, 20_000))
    readings = [read(mutants.frames)]
    while mutants.frames < given.frames:
        mutants.run(min(FRAMES_A_MINUTE, given.frames - mutants.frames))
        readings.append(read(mutants.frames))
    print(
        f"{mutants.frames:,} mutated frames in {time.monotonic() - begun:.0f} s (seed {given.seed}): "
        f"{mutants.acknowledged:,} answered ACK, {len(mutants.wrongly_acknowledged)} wrongly"
    )
    flat = is_flat(readings)
    for raw in mutants.wrongly_acknowledged[:10]:
        print(f"  {raw!r}")
    sys.exit(bool(mutants.wrongly_acknowledged) or not flat)


if __name__ == "__main__":
    main()
