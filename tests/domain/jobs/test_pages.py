"""The jobs' pages: one's own jobs, told of while they are under way."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from tests.domain.jobs import sample_jobs

from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.actions import enqueue
from schoolward.platform.jobs.progress import Progress, ProgressFile
from schoolward.platform.jobs.worker import Worker

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def member(email: str, at: datetime) -> tuple[Account, Viewer]:
    """An account with a role that needs no second factor, and the viewer that it is."""
    agency, _made = Agency.objects.get_or_create(key="d", name="D", kind="district", created_at=at)
    account = Account.objects.create_user(email, name=email, is_demonstration=True)
    membership = Membership.objects.create(
        account=account, agency=agency, role="site_lead", all_sites=True, valid_from=at.date()
    )
    return account, viewer_for(membership, at=at)


@pytest.fixture(autouse=True)
def _demonstration(settings: object) -> None:
    """Demonstration accounts need no second factor."""
    settings.DEMO = True  # type: ignore[attr-defined]


def test_a_job_is_followed_from_waiting_to_done(client: Client, at: datetime) -> None:
    account, viewer = member("one@demo.example", at)
    client.force_login(account, backend=BACKEND)
    job_id = enqueue(sample_jobs.found_in_steps, by=viewer, at=at, key="north")
    page = client.get(f"/jobs/{job_id}/")
    assert page.status_code == 200
    assert b"Waiting" in page.content
    assert b"hx-get" in page.content
    ProgressFile(job_id).tell(Progress(1, 4, "reading"))
    part = client.get(f"/jobs/{job_id}/", headers={"HX-Request": "true"})
    assert b'value="25"' in part.content
    assert b"<html" not in part.content
    Worker().run_pending()
    done = client.get(f"/jobs/{job_id}/", headers={"HX-Request": "true"})
    assert b"Done" in done.content
    assert b"hx-get" not in done.content, "a finished job is not asked about again"


def test_somebody_elses_job_is_not_there(client: Client, at: datetime) -> None:
    _owner, viewer = member("one@demo.example", at)
    job_id = enqueue(sample_jobs.be_refused, by=viewer, at=at)
    Worker().run_pending()
    other, _viewer = member("two@demo.example", at)
    client.force_login(other, backend=BACKEND)
    assert client.get(f"/jobs/{job_id}/").status_code == 404
    assert b"No job yet" in client.get("/jobs/").content


def test_the_list_says_what_a_job_that_was_given_up_said(client: Client, at: datetime) -> None:
    account, viewer = member("one@demo.example", at)
    enqueue(sample_jobs.be_refused, by=viewer, at=at)
    Worker().run_pending()
    client.force_login(account, backend=BACKEND)
    page = client.get("/jobs/").content.decode()
    assert "1 job was given up." in page
    assert "Row 3: the date is missing." in page
