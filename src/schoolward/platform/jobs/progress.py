"""How far a running job is: one small file a job, in the data folder.

A file, not a row: an import writes all its rows in one transaction, and on SQLite nothing else can be
written while that lasts; nor could anybody see a row of a transaction that is not over.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

SECONDS_BETWEEN_WRITES = 0.25


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` steps (``total`` is ``None`` while unknown), and what is being done."""

    done: int
    total: int | None = None
    message: str = ""

    @property
    def percent(self) -> int | None:
        """Whole percent done, or ``None`` when the total is unknown."""
        return min(100, 100 * self.done // self.total) if self.total else None


class ProgressFile:
    """Writes one job's progress, at most four times a second however often it is told."""

    def __init__(self, job_id: str) -> None:
        self._path = _path(job_id)
        self._written_at: float | None = None

    def tell(self, progress: Progress) -> None:
        """Replace what the file says. A reader sees the old or the new, never half of one."""
        now = time.monotonic()
        if self._written_at is not None and now - self._written_at < SECONDS_BETWEEN_WRITES:
            return
        self._written_at = now
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(progress)), encoding="utf-8")
        fresh.replace(self._path)

    def remove(self) -> None:
        """Forget the progress: the job has ended, and its result is in the database."""
        self._path.unlink(missing_ok=True)


def read(job_id: str) -> Progress | None:
    """What the job last said, or ``None`` when it has said nothing or has ended."""
    try:
        return Progress(**json.loads(_path(job_id).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _path(job_id: str) -> Path:
    return Path(settings.DATA_DIR) / "progress" / f"{job_id}.json"
