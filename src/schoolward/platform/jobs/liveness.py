"""Which workers are alive, without a clock: each holds a lock that the kernel releases with the process.

A heartbeat in the database would need a time-out that is either too short for a long import or too long for
whoever waits for a job whose worker was killed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def alive(worker_id: str) -> Iterator[None]:
    """Be seen as alive for as long as the block, or the process, lasts."""
    path = _path(worker_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _lock(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def is_alive(worker_id: str) -> bool:
    """Whether the worker's process still holds its lock. The file of a dead worker is removed."""
    path = _path(worker_id)
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(handle)


def living_workers() -> list[str]:
    """The ids of the workers that are alive now, in order."""
    folder = _folder()
    names = sorted(path.stem for path in folder.glob("*.lock")) if folder.exists() else []
    return [name for name in names if is_alive(name)]


def _lock(path: Path) -> int:
    """Open and lock the file; begin again when a check for the dead removed it in between."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            if os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "workers"


def _path(worker_id: str) -> Path:
    return _folder() / f"{worker_id}.lock"
