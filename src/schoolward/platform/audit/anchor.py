"""The anchor outside the database: the chain's count and head, one line a commit.

A chain alone does not notice that its newest events were cut off; the anchor does, because it
remembers how long the chain was. It protects as well as its place does: on another volume, or
copied off the machine, it outlives whoever can write to the database
(``SCHOOLWARD_AUDIT_ANCHOR``; docs/how-to/keep-the-audit-anchor.md).
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from schoolward.platform.audit.chain import GENESIS

_LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64}) \S+")
_TAIL_BYTES = 8_192  # some seventy lines: more than commits that happen at the same time


def path() -> Path:
    """The anchor file of this installation."""
    return Path(settings.AUDIT_ANCHOR)


def begin(*, at: datetime) -> None:
    """Make the anchor of a chain that has no event yet: its first line says so.

    Before the first event is committed, so that from then on an anchor without a line is a lost one.
    """
    _write(count=0, head=GENESIS, at=at, create=True)


def append(*, count: int, head: str, at: datetime) -> None:
    """Add one line ``count head time`` and push it to the disk before returning.

    Raises ``FileNotFoundError`` where the file has gone: made anew here, it would hide its own loss.
    """
    _write(count=count, head=head, at=at, create=False)


def renew(*, count: int, head: str, at: datetime, set_aside: Path | None) -> None:
    """Add a line to what is there, or move that aside first and begin anew. Nothing is deleted."""
    if set_aside is not None:
        path().rename(set_aside)
    _write(count=count, head=head, at=at, create=True)


def _write(*, count: int, head: str, at: datetime, create: bool) -> None:
    file = path()
    line = f"{count} {head} {at.isoformat()}\n".encode()
    is_new = create and not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_APPEND | (os.O_CREAT if create else 0), 0o600)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            line = b"\n" + line  # a kill or a loss of power tore the last line: leave it, begin a new one
        if os.write(descriptor, line) < len(line):
            # A disk that fills up takes the first part of a line and reports no error.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Push a new file's name to the disk as well: its content alone does not survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def newest() -> tuple[int, str] | None:
    """The (count, head) that reaches furthest among the last lines; ``None`` where none can be read.

    Raises ``OSError`` where the file is not there, or cannot be read and written.
    """
    descriptor = os.open(path(), os.O_RDWR)
    try:
        size = os.fstat(descriptor).st_size
        text = os.pread(descriptor, _TAIL_BYTES, max(0, size - _TAIL_BYTES)) if size else b""
    finally:
        os.close(descriptor)
    pairs = [pair for line in text.decode("ascii", "replace").split("\n") if (pair := _pair(line))]
    return max(pairs, default=None)


def read(file: Path | None = None) -> Iterator[tuple[int, str] | None]:
    """Anchored (count, head) pairs as they were written; ``None`` for a line that cannot be read.

    Lines of commits that happened at the same time may stand in either order. Raises ``OSError``
    where the file is there and cannot be read.
    """
    try:
        lines = (file or path()).open(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return
    with lines:
        for line in lines:
            yield _pair(line)


def _pair(line: str) -> tuple[int, str] | None:
    found = _LINE.fullmatch(line.strip())
    return (int(found[1]), found[2]) if found else None
