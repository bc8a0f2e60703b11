"""What a server of the fault runs keeps of one walk: the one in memory, and the real one as it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from schoolward.protocols.walk_journal import Entry


@dataclass
class KeptWalk:
    """The entries of a walk in the order in which they came, and its photographs by name."""

    entries: list[Entry] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)
