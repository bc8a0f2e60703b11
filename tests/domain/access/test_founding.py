"""The first administrator of an installation can act at once, whatever the hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schoolward.platform.access.founding import appoint_administrator
from schoolward.platform.access.queries import live_memberships
from schoolward.platform.access.viewer import Viewer


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [1, 6, 8, 20])
def test_the_first_administrator_holds_the_role_from_this_moment(hour: int) -> None:
    at = datetime(2026, 11, 26, hour, tzinfo=UTC)  # at 1 and 6 it is still the evening before in California
    account = appoint_administrator(
        email="ana@district.example",
        name="Ana",
        agency_name="River City Unified",
        by=Viewer.system(at=at),
        at=at,
    )
    assert [membership.role for membership in live_memberships(account, at)] == ["administrator"]
