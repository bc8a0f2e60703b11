"""What a job is: a module-level function, its title, and how often it is tried and scheduled.

::

    @job(title=_("Send the morning digest"), every=Every.DAY, after=timedelta(hours=5))
    def send_digest(context: JobContext, *, period: str) -> None: ...

The function's own writes and the note that it is done are one transaction, so a worker that is killed in
the middle leaves nothing behind and the next try is the only one that counts. A job too long for one
transaction says ``one_transaction=False``, and calls ``context.succeed()`` inside the last transaction of
its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.utils.functional import Promise
from django_tasks.base import Task

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.schedule import Every


class JobRefused(Exception):
    """The job cannot succeed however often it is tried. The message is shown to whoever asked for it."""


class JobLost(Exception):
    """Another worker has taken the job over; what this one was about to write must not count."""


class JobContext(Protocol):
    """What a running job is given."""

    job_id: str
    attempt: int
    by: Viewer
    at: datetime

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Tell how far the job is, cheaply enough to be called for every row."""

    def succeed(self, value: Any = None) -> None:
        """Mark the job as done in the caller's transaction. ``value`` must go into JSON.

        Raises :class:`JobLost` when another worker has taken the job over.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[..., Any]):
    """A task with a title, retries and perhaps a schedule."""

    title: str | Promise
    attempts: int = 3
    first_delay: timedelta = timedelta(seconds=30)
    every: Every | None = None
    after: timedelta = timedelta()
    one_transaction: bool = True

    def delay_after(self, attempt: int) -> timedelta:
        """How long to wait after the failed attempt of this number (from 1): doubled each time."""
        return self.first_delay * 2 ** (attempt - 1)


_scheduled: dict[str, Job] = {}


def job(
    *,
    title: str | Promise,
    attempts: int = 3,
    first_delay: timedelta = timedelta(seconds=30),
    every: Every | None = None,
    after: timedelta = timedelta(),
    one_transaction: bool = True,
) -> Callable[[Callable[..., Any]], Job]:
    """Make a function a job. Its first argument is ``context``; the others must go into JSON.

    A job with ``every`` is queued by the worker once a period, with the keyword ``period``.
    """

    def make(function: Callable[..., Any]) -> Job:
        made = Job(
            func=function,
            takes_context=True,
            title=title,
            attempts=attempts,
            first_delay=first_delay,
            every=every,
            after=after,
            one_transaction=one_transaction,
        )
        if every is not None:
            _scheduled[made.module_path] = made
        return made

    return make


def scheduled_jobs() -> list[Job]:
    """Every job that has a schedule, by its path."""
    return [_scheduled[path] for path in sorted(_scheduled)]
