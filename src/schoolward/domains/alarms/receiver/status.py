"""What a receiver counts about itself. Plain numbers: the hot path adds, and `metrics` reads."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

_BOUNDS = (
    0.0001,
    0.00025,
    0.0005,
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
)


@dataclass(slots=True)
class Histogram:
    """Counts of seconds in buckets."""

    bounds: tuple[float, ...] = _BOUNDS
    counts: list[int] = field(default_factory=lambda: [0] * (len(_BOUNDS) + 1))
    sum: float = 0.0

    def add(self, seconds: float, times: int = 1) -> None:
        """Count a duration, or several alike."""
        self.counts[bisect_left(self.bounds, seconds)] += times
        self.sum += seconds * times


@dataclass(slots=True)
class Status:
    """The state of one receiver, as the loop's thread sees it."""

    accepted: int = 0
    unknown: int = 0
    link_tests: int = 0
    stored: int = 0
    segments: int = 0
    spooled: int = 0
    dropped_datagrams: int = 0
    junk_bytes: int = 0
    oversized: int = 0
    connections: int = 0
    connections_refused: int = 0
    connections_cut: int = 0
    waiting: int = 0
    """Frames that are received and not yet durable."""
    waiting_since: float = 0.0
    """When the queue last went from empty to not."""
    leads: bool = False
    """Whether this process holds the supervision."""
    spool_bytes: int = 0
    down_since: float = 0.0
    """Since when the database does not answer; 0 while it does."""
    knows_from: str = ""
    """Whence the accounts are known: "database", "copy" (the last-known one), or "" for not at all yet."""
    last_commit: float = 0.0
    commit_seconds: Histogram = field(default_factory=Histogram)
    acknowledgement_seconds: Histogram = field(default_factory=Histogram)
