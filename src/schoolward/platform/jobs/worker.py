"""The worker: takes jobs from the queue one by one, and takes over those whose worker has died."""

from __future__ import annotations

import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import OperationalError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs import liveness
from schoolward.platform.jobs.actions import enqueue_due
from schoolward.platform.jobs.definition import Job, JobLost, JobRefused
from schoolward.platform.jobs.progress import Progress, ProgressFile
from schoolward.platform.jobs.queries import viewer_of
from schoolward.platform.jobs.stopping import StopRequest

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_SCHEDULE_LOOKS = 30.0


@dataclass
class RunningJob:
    """One attempt at one job; what the job's function knows as its context."""

    result: DBTaskResult
    by: Viewer
    at: datetime
    clock: Callable[[], datetime]
    succeeded: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.job_id = str(self.result.pk)
        self.attempt = len(self.result.worker_ids)
        self._file = ProgressFile(self.job_id)

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        self._file.tell(Progress(done, total, message))

    def succeed(self, value: Any = None) -> None:
        change(self.result, status=TaskResultStatus.SUCCESSFUL, finished_at=self.clock(), return_value=value)
        self.succeeded = True

    def forget_progress(self) -> None:
        """The attempt is over."""
        self._file.remove()


def change(result: DBTaskResult, **fields: Any) -> None:
    """Write the outcome of an attempt, if it is still this worker's: the time of its claim is the token.

    Raises :class:`JobLost` when the job has been taken over since.
    """
    fields = {"exception_class_path": "", "traceback": "", **fields}
    still_ours = DBTaskResult.objects.filter(
        pk=result.pk, status=TaskResultStatus.RUNNING, started_at=result.started_at
    )
    if still_ours.update(**fields) != 1:
        raise JobLost(f"job {result.pk} was taken over by another worker")


class WorkerDied(Exception):
    """The worker was killed, or its machine went down, while it ran the job."""


class Worker:
    """Runs jobs until it is told to stop. The clock is read here, at the edge, and handed on."""

    def __init__(self, *, clock: Callable[[], datetime] = timezone.now, worker_id: str = "") -> None:
        self.clock = clock
        self.worker_id = worker_id or uuid.uuid4().hex
        self._stop = StopRequest()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, and finish the job at hand first; a second signal ends it."""
        self._stop.listen(again_ends=True)
        looks = 0
        every = int(SECONDS_BETWEEN_SCHEDULE_LOOKS / SECONDS_BETWEEN_LOOKS)
        with liveness.alive(self.worker_id):
            log.info("worker.started", worker=self.worker_id)
            while not self._stop.is_set():
                close_old_connections()
                if looks % every == 0:
                    self._unless_locked(self.take_over_abandoned)
                    self._unless_locked(lambda: enqueue_due(at=self.clock()))
                looks += 1
                while not self._stop.is_set() and self._unless_locked(self.run_next):
                    pass
                self._stop.wait(SECONDS_BETWEEN_LOOKS)
        log.info("worker.stopped", worker=self.worker_id)

    def run_pending(self) -> int:
        """Run everything that is ready now, and return how many jobs were tried."""
        tried = 0
        with liveness.alive(self.worker_id):
            self.take_over_abandoned()
            while self.run_next():
                tried += 1
        return tried

    def run_next(self) -> bool:
        """Claim and try one job; false when none is ready."""
        result = self._claim()
        if result is None:
            return False
        self._attempt(result)
        return True

    def take_over_abandoned(self) -> int:
        """Queue again the jobs whose worker has died, and return how many; the attempt that died counts."""
        taken = 0
        for result in DBTaskResult.objects.running():
            worker_id = result.worker_ids[-1] if result.worker_ids else ""
            if worker_id == self.worker_id or (worker_id and liveness.is_alive(worker_id)):
                continue
            log.warning("job.abandoned", job=result.task_path, id=str(result.pk), worker=worker_id)
            try:
                self._failed(result, WorkerDied("the worker died while it ran this job"))
            except JobLost:
                continue
            taken += 1
        return taken

    def _unless_locked(self, step: Callable[[], Any]) -> Any:
        """Do one step; another writer that keeps a SQLite database for long only means: later."""
        try:
            return step()
        except OperationalError as error:
            if not is_locked_database_exception(error):
                raise
            return None

    def _claim(self) -> DBTaskResult | None:
        now = self.clock()
        ready = DBTaskResult.objects.filter(
            Q(run_after=get_date_max()) | Q(run_after__lte=now), status=TaskResultStatus.READY
        )
        # A plain read first: an idle worker must not take SQLite's only write lock once a second.
        if not ready.exists():
            return None
        with exclusive_transaction(ready.db):
            result = ready.get_locked()
            if result is not None:
                result.status = TaskResultStatus.RUNNING
                result.started_at = now
                result.worker_ids = [*result.worker_ids, self.worker_id]
                result.save(update_fields=["status", "started_at", "worker_ids"])
        return result

    def _attempt(self, result: DBTaskResult) -> None:
        """Run the job's function once and write what came of it."""
        log.info("job.started", job=result.task_path, id=str(result.pk))
        running: RunningJob | None = None
        try:
            job = result.task
            if not isinstance(job, Job):
                raise JobRefused(f"{result.task_path} is not a job of this version of Schoolward")
            at = self.clock()
            running = RunningJob(result, viewer_of(result.pk, at=at), at, self.clock)
            self._call(job, running)
        except JobLost:
            log.warning("job.lost", job=result.task_path, id=str(result.pk))
        except Exception as error:
            log.warning("job.failed", job=result.task_path, id=str(result.pk), error=type(error).__name__)
            self._failed(result, error)
        else:
            log.info("job.done", job=result.task_path, id=str(result.pk))
        finally:
            if running is not None:
                running.forget_progress()

    def _call(self, job: Job, running: RunningJob) -> None:
        arguments = running.result.args_kwargs
        if job.one_transaction:
            with transaction.atomic():
                value = job.func(running, *arguments["args"], **arguments["kwargs"])
                if not running.succeeded:
                    running.succeed(value)
        else:
            value = job.func(running, *arguments["args"], **arguments["kwargs"])
            if not running.succeeded:
                running.succeed(value)

    def _failed(self, result: DBTaskResult, error: Exception) -> None:
        """Queue the job again after a pause, or give it up when it was refused or tried often enough."""
        at = self.clock()
        said = {
            "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
            "traceback": "".join(traceback.format_exception(error)),
        }
        attempt = len(result.worker_ids)
        try:
            job = result.task
        except (ImportError, ValueError):  # the job was renamed or removed since it was queued
            job = None
        if isinstance(job, Job) and attempt < job.attempts and not isinstance(error, JobRefused):
            pause = timedelta() if isinstance(error, WorkerDied) else job.delay_after(attempt)
            change(result, status=TaskResultStatus.READY, run_after=at + pause, **said)
        else:
            change(result, status=TaskResultStatus.FAILED, finished_at=at, **said)
