"""The audit's one call: a chain that follows from event to event."""

from __future__ import annotations

from datetime import datetime

import pytest

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.chain import GENESIS


@pytest.mark.django_db
def test_each_event_carries_the_hash_before_it(by: Viewer, at: datetime) -> None:
    first = record("test.one", by=by, at=at, subject="test:1")
    second = record("test.two", by=by, at=at, subject="test:2")
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.hash
    assert second.sequence == first.sequence + 1
