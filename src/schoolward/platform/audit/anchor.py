"""The anchor outside the database: the chain's count and head, one line a commit.

A chain alone does not notice that its newest events were cut off; the anchor does, because it
remembers how long the chain was. It protects as well as its place does: on another volume, or
copied off the machine, it outlives whoever can write to the database
(``SCHOOLWARD_AUDIT_ANCHOR``; docs/how-to/keep-the-audit-anchor.md).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

_LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64}) \S+")


def path() -> Path:
    """The anchor file of this installation."""
    return Path(settings.AUDIT_ANCHOR)


def append(*, count: int, head: str, at: datetime) -> None:
    """Add one line ``count head time`` and push it to the disk before returning."""
    line = f"{count} {head} {at.isoformat()}\n".encode()
    descriptor = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            line = b"\n" + line  # a loss of power tore the last line: leave it, begin a new one
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(file: Path | None = None) -> Iterator[tuple[int, str] | None]:
    """Anchored (count, head) pairs as they were written; ``None`` for a line that cannot be read.

    Lines of commits that happened at the same time may stand in either order.
    """
    file = file or path()
    if not file.exists():
        return
    with file.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _LINE.fullmatch(line.strip())
            yield (int(found[1]), found[2]) if found else None
