"""The anchor outside the database: the chain's count and head, one line a commit.

A chain alone does not notice that its newest events were cut off; the anchor does, because it
remembers how long the chain was.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings


def path() -> Path:
    """The anchor file of this installation."""
    return Path(settings.AUDIT_ANCHOR)


def append(*, count: int, head: str, at: datetime) -> None:
    """Add one line ``count head time`` and push it to the disk before returning."""
    line = f"{count} {head} {at.isoformat()}\n".encode()
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read() -> list[tuple[int, str]]:
    """All anchored (count, head) pairs, oldest first; empty where no anchor exists."""
    if not path().exists():
        return []
    pairs = []
    for line in path().read_text().splitlines():
        count, head, _at = line.split(" ", 2)
        pairs.append((int(count), head))
    return pairs
