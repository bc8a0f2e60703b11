"""The queue as its users see it: done once, tried again, refused, taken over, scheduled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tests.domain.jobs import sample_jobs

from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs import liveness, progress, queries
from schoolward.platform.jobs.actions import _enqueue_period, enqueue, enqueue_due
from schoolward.platform.jobs.definition import JobLost
from schoolward.platform.jobs.models import JobRequest, ScheduleRun
from schoolward.platform.jobs.tasks import clear_old_jobs
from schoolward.platform.jobs.worker import RunningJob, Worker

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock(at: datetime) -> Clock:
    return Clock(at)


@pytest.fixture
def worker(clock: Clock) -> Worker:
    return Worker(clock=clock)


def test_a_job_is_done_once_for_whoever_asked(worker: Worker, by: Viewer, at: datetime) -> None:
    job_id = enqueue(sample_jobs.found_agency, by=by, at=at, key="north")
    assert worker.run_pending() == 1
    assert worker.run_pending() == 0
    assert Agency.objects.filter(key="north").count() == 1
    state = queries.state(UUID(job_id), viewer=by)
    assert state is not None
    assert (state.status, state.value) == ("SUCCESSFUL", {"founded": "north", "for": "test"})
    assert state.finished_at == at


def test_a_job_exists_only_if_its_transaction_commits(worker: Worker, by: Viewer, at: datetime) -> None:
    with transaction.atomic():
        enqueue(sample_jobs.found_agency, by=by, at=at, key="north")
        transaction.set_rollback(True)
    assert worker.run_pending() == 0
    assert not JobRequest.objects.exists()


def test_a_failed_attempt_leaves_nothing_and_is_tried_again_later(
    worker: Worker, clock: Clock, by: Viewer, at: datetime
) -> None:
    job_id = UUID(enqueue(sample_jobs.found_then_fail, by=by, at=at, key="north", until_attempt=3))
    pauses = []
    for minutes in (1, 2):
        assert worker.run_pending() == 1
        assert not Agency.objects.exists()
        assert worker.run_pending() == 0, "it must wait"
        pauses.append(DBTaskResult.objects.get(pk=job_id).run_after - clock())
        clock.forward(minutes=minutes)
    assert pauses == [timedelta(minutes=1), timedelta(minutes=2)]
    assert worker.run_pending() == 1
    state = queries.state(job_id, viewer=by)
    assert state is not None
    assert (state.status, state.attempts, state.error) == ("SUCCESSFUL", 3, "")
    assert Agency.objects.count() == 1


def test_a_job_is_given_up_after_its_last_attempt(
    worker: Worker, clock: Clock, by: Viewer, at: datetime
) -> None:
    job_id = UUID(enqueue(sample_jobs.found_then_fail, by=by, at=at, key="north", until_attempt=9))
    for _attempt in range(5):
        worker.run_pending()
        clock.forward(hours=1)
    state = queries.state(job_id, viewer=by)
    assert state is not None
    assert (state.is_failed, state.attempts, state.error) == (True, 3, "the other side did not answer")


def test_a_refused_job_is_not_tried_again(worker: Worker, clock: Clock, by: Viewer, at: datetime) -> None:
    job_id = UUID(enqueue(sample_jobs.be_refused, by=by, at=at))
    assert worker.run_pending() == 1
    clock.forward(days=1)
    assert worker.run_pending() == 0
    state = queries.state(job_id, viewer=by)
    assert state is not None
    assert (state.is_failed, state.error) == (True, "Row 3: the date is missing.")


def test_a_job_of_an_older_version_is_refused_in_words(worker: Worker, by: Viewer, at: datetime) -> None:
    job_id = UUID(enqueue(sample_jobs.found_agency, by=by, at=at, key="north"))
    DBTaskResult.objects.filter(pk=job_id).update(task_path="tests.domain.jobs.sample_jobs.gone")
    assert worker.run_pending() == 1
    state = queries.state(job_id, viewer=by)
    assert state is not None
    assert state.is_failed


def test_a_job_waits_for_its_time(worker: Worker, clock: Clock, by: Viewer, at: datetime) -> None:
    enqueue(sample_jobs.found_agency, by=by, at=at, run_after=at + timedelta(hours=1), key="north")
    assert worker.run_pending() == 0
    clock.forward(hours=1)
    assert worker.run_pending() == 1


def test_a_dead_workers_job_is_taken_over_and_a_living_ones_is_not(
    worker: Worker, clock: Clock, by: Viewer, at: datetime
) -> None:
    enqueue(sample_jobs.found_agency, by=by, at=at, key="north")
    DBTaskResult.objects.update(status="RUNNING", started_at=at, worker_ids=["other"])
    with liveness.alive("other"):
        assert worker.run_pending() == 0
    assert worker.run_pending() == 1
    assert DBTaskResult.objects.get().worker_ids == ["other", worker.worker_id]


def test_a_job_that_kills_its_worker_is_given_up_too(worker: Worker, by: Viewer, at: datetime) -> None:
    job_id = UUID(enqueue(sample_jobs.found_agency, by=by, at=at, key="north"))
    DBTaskResult.objects.update(status="RUNNING", started_at=at, worker_ids=["a", "b", "c"])
    assert worker.run_pending() == 0
    state = queries.state(job_id, viewer=by)
    assert state is not None
    assert (state.is_failed, state.error) == (True, "the worker died while it ran this job")


def test_a_worker_that_lost_its_job_cannot_finish_it(clock: Clock, by: Viewer, at: datetime) -> None:
    enqueue(sample_jobs.found_agency, by=by, at=at, key="north")
    DBTaskResult.objects.update(status="RUNNING", started_at=at, worker_ids=["slow"])
    running = RunningJob(DBTaskResult.objects.get(), by, at, clock)
    DBTaskResult.objects.update(started_at=at + timedelta(minutes=5), worker_ids=["slow", "quick"])
    with pytest.raises(JobLost):
        running.succeed()


def test_a_job_stops_when_the_membership_behind_it_has_ended(worker: Worker, at: datetime) -> None:
    agency = Agency.objects.create(key="district", name="District", kind="district", created_at=at)
    account = Account.objects.create_user("lead@example.org", name="Lead")
    membership = Membership.objects.create(
        account=account, agency=agency, role="lead", all_sites=True, valid_from=at.date()
    )
    asker = viewer_for(membership, at=at)
    allowed = UUID(enqueue(sample_jobs.found_agency, by=asker, at=at, key="one"))
    worker.run_pending()
    refused = UUID(enqueue(sample_jobs.found_agency, by=asker, at=at, key="two"))
    membership.revoked_at = at
    membership.save()
    worker.run_pending()
    states = [queries.state(job, viewer=asker) for job in (allowed, refused)]
    assert [state.status for state in states if state] == ["SUCCESSFUL", "FAILED"]
    assert not Agency.objects.filter(key="two").exists()


def test_only_the_asker_and_the_administrator_see_a_job(by: Viewer, at: datetime) -> None:
    def somebody(account_id: int, role: str) -> Viewer:
        return Viewer(account_id, f"Account {account_id}", 1, 1, "district", role, None, "school_safety", at)

    asker = somebody(1, "lead")
    job_id = UUID(enqueue(sample_jobs.found_agency, by=asker, at=at, key="north"))
    assert queries.state(job_id, viewer=asker) is not None
    assert queries.state(job_id, viewer=somebody(2, "administrator")) is not None
    assert queries.state(job_id, viewer=somebody(2, "lead")) is None
    assert queries.state(job_id, viewer=Viewer.anonymous(at=at)) is None


def test_progress_is_seen_while_the_job_runs_and_gone_when_it_has_ended(
    worker: Worker, clock: Clock, by: Viewer, at: datetime
) -> None:
    job_id = enqueue(sample_jobs.found_in_steps, by=by, at=at, key="north")
    running = RunningJob(DBTaskResult.objects.get(), by, at, clock)
    running.progress(1, 4, "reading")
    state = queries.state(UUID(job_id), viewer=by)
    assert state is not None
    assert state.progress == progress.Progress(1, 4, "reading")
    assert state.progress.percent == 25
    worker.run_pending()
    assert progress.read(job_id) is None


def test_a_schedule_runs_once_a_period_however_often_it_is_looked_at(worker: Worker, clock: Clock) -> None:
    clock.at = datetime(2012, 9, 6, 13, 0, tzinfo=UTC)  # 06:00 in Sacramento
    queued = ScheduleRun.objects.filter(name=sample_jobs.found_daily.module_path)
    enqueue_due(at=clock())
    assert enqueue_due(at=clock()) == []
    clock.forward(hours=10)
    enqueue_due(at=clock())  # what runs each hour is due again
    assert queued.count() == 1
    worker.run_pending()
    clock.forward(days=3)  # two periods were missed: the current one runs, once
    enqueue_due(at=clock())
    assert queued.count() == 2
    worker.run_pending()
    assert sorted(Agency.objects.values_list("key", flat=True)) == ["2012-09-06", "2012-09-09"]


def test_two_workers_that_look_at_once_queue_a_period_once(clock: Clock, by: Viewer) -> None:
    name = sample_jobs.found_daily.module_path
    # The other worker's run, committed after this one has read which periods are known.
    ScheduleRun.objects.create(name=name, period="2012-09-06", job_id=UUID(int=1), queued_at=clock())
    assert _enqueue_period(sample_jobs.found_daily, name, "2012-09-06", clock()) == []


def test_old_jobs_are_cleared_and_new_ones_stay(
    worker: Worker, clock: Clock, by: Viewer, at: datetime
) -> None:
    enqueue(sample_jobs.found_agency, by=by, at=at, key="old")
    worker.run_pending()
    clock.forward(days=31)
    enqueue(sample_jobs.found_agency, by=by, at=clock(), key="new")
    enqueue(clear_old_jobs, by=by, at=clock(), period="2012-10-07")
    worker.run_pending()
    titles = sorted(JobRequest.objects.values_list("title", flat=True))
    assert titles == ["Clear away old jobs", "Found an agency"]
    assert Agency.objects.count() == 2
