"""A content goes for good once nothing refers to it, and what a killed process left is swept."""

from __future__ import annotations

import io
import os
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.models import ImportRun
from schoolward.platform.files import store
from schoolward.platform.files.actions import store_file
from schoolward.platform.files.discarding import AN_HOUR, discard, sweep
from schoolward.platform.files.models import StoredFile

pytestmark = pytest.mark.django_db
CONTENT = b"an invented paper"


@pytest.fixture
def stored(by: Viewer, at: datetime) -> StoredFile:
    return store_file(io.BytesIO(CONTENT), name="paper.txt", by=by, at=at)


def age(sha256: str) -> None:
    path = store.path_of(sha256)
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - AN_HOUR - 1))


def test_the_bytes_go_after_the_transaction(
    stored: StoredFile,
    by: Viewer,
    at: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    path = store.path_of(stored.sha256)
    with django_capture_on_commit_callbacks(execute=True):
        assert discard([stored.pk, 99_999], by=by, at=at) == 1
        assert path.exists()
    assert not path.exists()
    assert not StoredFile.objects.exists()
    assert Event.objects.filter(action="files.discarded").count() == 1


def test_what_something_refers_to_stays(stored: StoredFile, by: Viewer, at: datetime) -> None:
    ImportRun.objects.create(
        exchange="schools",
        file=stored,
        file_name="paper.txt",
        sha256=stored.sha256,
        size=stored.size,
        state="discarded",
        account_name="Test",
        started_at=at,
    )
    assert discard([stored.pk], by=by, at=at) == 0
    assert store.path_of(stored.sha256).exists()


def test_a_transaction_that_is_undone_removes_nothing(stored: StoredFile, by: Viewer, at: datetime) -> None:
    with transaction.atomic():
        discard([stored.pk], by=by, at=at)
        transaction.set_rollback(True)
    assert StoredFile.objects.filter(pk=stored.pk).exists()
    assert store.path_of(stored.sha256).exists()


def test_a_sweep_takes_what_no_row_names_once_it_is_old(stored: StoredFile) -> None:
    left = store.keep(io.BytesIO(b"left by a killed process"), limit=100).sha256
    assert sweep() == 0
    age(left)
    age(stored.sha256)
    assert sweep() == 1
    assert not store.path_of(left).exists()
    assert store.path_of(stored.sha256).exists()
    assert sweep() == 0


def test_the_same_content_coming_in_again_is_not_swept() -> None:
    content = b"left, and handed in again"
    left = store.keep(io.BytesIO(content), limit=100).sha256
    age(left)
    store.keep(io.BytesIO(content), limit=100)
    assert sweep() == 0
