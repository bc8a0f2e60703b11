"""The audit's one call: a chain that follows from event to event, whatever it is told."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from datetime import datetime

import pytest
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import anchor
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.chain import GENESIS, plain
from schoolward.platform.audit.models import Event, Outcome
from schoolward.platform.audit.verify import verify


@pytest.mark.django_db
def test_each_event_carries_the_hash_before_it(by: Viewer, at: datetime) -> None:
    first = record("test.one", by=by, at=at, subject="test:1")
    second = record("test.two", by=by, at=at, subject="test:2")
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.hash
    assert second.sequence == first.sequence + 1


@pytest.mark.django_db
def test_one_anchored_line_a_transaction(by: Viewer, at: datetime) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        for number in range(3):
            record("test.many", by=by, at=at, subject=f"test:{number}")
    with TestCase.captureOnCommitCallbacks(execute=True):
        last = record("test.next", by=by, at=at, subject="test:next")
    assert list(anchor.read()) == [(0, GENESIS), (3, last.previous_hash), (4, last.hash)]


@pytest.mark.django_db
def test_a_rolled_back_savepoint_leaves_no_event_and_no_gap(by: Viewer, at: datetime) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        record("test.kept", by=by, at=at, subject="test:1")
        with contextlib.suppress(RuntimeError), transaction.atomic():
            record("test.undone", by=by, at=at, subject="test:2")
            raise RuntimeError
        last = record("test.kept", by=by, at=at, subject="test:3")
    assert last.sequence == 2
    assert list(anchor.read()) == [(0, GENESIS), (2, last.hash)]
    assert verify().ok


@pytest.mark.django_db
def test_a_disk_that_fills_up_under_the_anchor_does_not_undo_the_write(
    by: Viewer, at: datetime, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        event = record("test.event", by=by, at=at, subject="test:1")
        monkeypatch.setattr(os, "write", lambda _descriptor, line: len(line) - 1)
    assert Event.objects.get().pk == event.pk
    assert "No space left on device" in caplog.text


@pytest.mark.django_db
def test_what_is_too_long_or_unstorable_is_still_recorded(by: Viewer, at: datetime) -> None:
    """A denial must reach the record whatever the caller put into its name."""
    hostile = dataclasses.replace(by, account_name="x\x00\ud800" + "y" * 500)
    event = record("test." + "a" * 100, by=hostile, at=at, subject="s" * 300, outcome=Outcome.DENIED)
    event.refresh_from_db()
    assert len(event.account_name) == 200
    assert len(event.subject) == 120
    assert len(event.action) == 80
    assert "\x00" not in event.account_name
    assert verify().ok


@pytest.mark.parametrize("value", [None, True, 0, -1, 10**30, "", "é\n", [], {}, {"a": [1, {"b": None}]}])
def test_plain_values_stay_as_they_are(value: object) -> None:
    assert plain(value) == value
    assert type(plain(value)) is type(value)


JSON_LIKE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.decimals()
    | st.uuids(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.django_db
@settings_of(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(detail=st.dictionaries(st.text(max_size=5), JSON_LIKE, max_size=4), subject=st.text(max_size=150))
def test_whatever_the_detail_the_stored_event_verifies(
    by: Viewer, at: datetime, detail: dict[str, object], subject: str
) -> None:
    event = record("test.any", by=by, at=at, subject=subject, detail=detail)
    stored = Event.objects.get(pk=event.pk)
    assert stored.detail == plain(detail)
    assert verify().ok
