"""Reads about jobs: for whom one runs, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from schoolward.platform.access.models import Membership
from schoolward.platform.access.policy import visible
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs import progress
from schoolward.platform.jobs.definition import JobRefused
from schoolward.platform.jobs.models import JobRequest


@dataclass(frozen=True)
class JobState:
    """How a job stands, for a page or a terminal."""

    job_id: UUID
    title: str
    status: str
    requested_at: datetime
    requested_by: str
    finished_at: datetime | None
    attempts: int
    progress: progress.Progress | None
    error: str
    value: Any

    @property
    def state_in_words(self) -> str:
        """How it stands, for a person."""
        return {
            TaskResultStatus.READY: _("Waiting to be tried again") if self.attempts else _("Waiting"),
            TaskResultStatus.RUNNING: _("Under way"),
            TaskResultStatus.SUCCESSFUL: _("Done"),
            TaskResultStatus.FAILED: _("Given up"),
        }[TaskResultStatus(self.status)]

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)

    @property
    def is_failed(self) -> bool:
        """Whether it was given up."""
        return self.status == TaskResultStatus.FAILED


def state(job_id: UUID, *, viewer: Viewer) -> JobState | None:
    """How the job stands, or ``None`` when there is none that the viewer may see."""
    return next(iter(_states(JobRequest.objects.filter(pk=job_id), viewer)), None)


def recent(*, viewer: Viewer, most: int = 100) -> list[JobState]:
    """The newest jobs that the viewer may see, newest first."""
    return _states(JobRequest.objects.order_by("-requested_at"), viewer, most)


def _states(requests: QuerySet[JobRequest], viewer: Viewer, most: int = 1) -> list[JobState]:
    found = list(visible(requests, viewer)[:most])
    results = DBTaskResult.objects.in_bulk([request.job_id for request in found])
    return [_state(request, results[request.job_id]) for request in found if request.job_id in results]


def _state(request: JobRequest, result: DBTaskResult) -> JobState:
    return JobState(
        job_id=request.job_id,
        title=request.title,
        status=result.status,
        requested_at=request.requested_at,
        requested_by=request.account_name,
        finished_at=result.finished_at,
        attempts=len(result.worker_ids),
        progress=progress.read(str(request.job_id)),
        error=_last_line(result.traceback),
        value=result.return_value,
    )


def viewer_of(job_id: UUID, *, at: datetime) -> Viewer:
    """The viewer that the job acts for, judged now: a membership that has ended since stops the job.

    Raises :class:`JobRefused`.
    """
    request = JobRequest.objects.get(pk=job_id)
    if request.membership_id is None:
        return Viewer.system(at=at, name=request.account_name)
    membership = (
        Membership.objects.live(at)
        .filter(pk=request.membership_id, account__is_active=True)
        .select_related("account", "agency")
        .first()
    )
    if membership is None:
        raise JobRefused(_("The membership that asked for this has ended."))
    return viewer_for(membership, at=at, purpose=request.purpose)


def _last_line(traceback: str) -> str:
    """What the error itself said: the last line of its traceback, without the exception's class."""
    lines = traceback.strip().splitlines()
    return lines[-1].partition(": ")[2] or lines[-1] if lines else ""
