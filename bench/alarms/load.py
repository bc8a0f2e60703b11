"""The load generator: connections with one prebuilt frame outstanding each, and as little else as can be.

Run by `receiver.py` in a process of its own on the other core. It reads its orders as JSON from standard
input and writes what it counted as JSON.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
import time
from datetime import UTC, datetime, timedelta

from schoolward.domains.alarms.simulator.panels import Panel, invented_panels

SAMPLE = 16


def bench_panels(count: int, *, encrypted: bool) -> list[Panel]:
    """Panels with AES-128 keys of 16 characters: the one form that the peer takes as such."""
    return [
        Panel(panel.account, panel.key_text[:16], receiver=b"1")
        for panel in invented_panels(count, seed=1, encrypted=encrypted)
    ]


def build(panels: list[Panel], connections: int, frames: int) -> list[list[bytes]]:
    """For each connection, the frames of its panels in turn, with growing numbers."""
    at = datetime.now(UTC) + timedelta(seconds=12)  # they are sent from now on until a while later
    every: list[list[bytes]] = []
    for number in range(connections):
        own = panels[number::connections]
        every.append(
            [
                own[turn % len(own)].frame(
                    own[turn % len(own)].next_sequence(), b"Nri1BA%03d" % (turn % 24), at
                )
                for turn in range(frames)
            ]
        )
    return every


def main() -> None:
    """Send for so long, and count."""
    orders = json.loads(sys.stdin.readline())
    panels = bench_panels(orders["accounts"], encrypted=orders["encrypted"])
    frames = build(panels, orders["connections"], orders["frames"])
    sys.stdout.write("built\n")
    sys.stdout.flush()
    sys.stdin.readline()
    result = run(orders["host"], orders["port"], frames, orders["seconds"], orders["answer"].encode())
    sys.stdout.write(json.dumps(result) + "\n")


def run(
    host: str, port: int, frames: list[list[bytes]], seconds: float, answer: bytes
) -> dict[str, float | int]:
    """The closed loop."""
    poll = select.epoll()
    turns: dict[int, object] = {}
    sockets = []
    for own in frames:
        link = socket.create_connection((host, port))
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.setblocking(False)
        sockets.append(link)
        poll.register(link.fileno(), select.EPOLLIN)
        turns[link.fileno()] = iter(own)
    sent_at: dict[int, float] = {}
    waits: list[float] = []
    acknowledged = other = exhausted = 0
    clock = time.perf_counter
    begun = clock()
    processor = time.process_time()
    end = begun + seconds
    read, write = os.read, os.write
    for descriptor, turn in turns.items():
        sent_at[descriptor] = clock()
        write(descriptor, next(turn))  # type: ignore[call-overload]
    count = 0
    while True:
        ready = poll.poll(1.0)
        now = clock()
        if now >= end or not ready:
            break
        for descriptor, _event in ready:
            got = read(descriptor, 4096)
            if answer in got:
                acknowledged += 1
            else:
                other += 1
                if not got:
                    poll.unregister(descriptor)
                    continue
            count += 1
            if count % SAMPLE == 0:
                waits.append(now - sent_at[descriptor])
            frame = next(turns[descriptor], None)  # type: ignore[call-overload]
            if frame is None:
                exhausted += 1
                poll.unregister(descriptor)
                continue
            sent_at[descriptor] = now
            write(descriptor, frame)
    took = clock() - begun
    waits.sort()
    return {
        "acknowledged": acknowledged,
        "other": other,
        "exhausted": exhausted,
        "seconds": took,
        "processor": time.process_time() - processor,
        "p50_ms": 1000 * waits[len(waits) // 2] if waits else 0.0,
        "p99_ms": 1000 * waits[int(len(waits) * 0.99)] if waits else 0.0,
    }


if __name__ == "__main__":
    main()
