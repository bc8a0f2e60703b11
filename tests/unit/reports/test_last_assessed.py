"""What a site's profile says of the last assessment of each kind."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from schoolward.domains.assessments.models import Assessment
from schoolward.reports.site_profile.composing.assessed import assessed


@pytest.mark.parametrize(("low", "high", "told"), [(86, 86, "all seen"), (80, 90, "80 to 90")])
def test_what_was_seen_whole_could_be_nothing_else(low: int, high: int, told: str) -> None:
    asked: Any = SimpleNamespace()
    walk = Assessment(
        pk=1, kind="cpted", score=86, low=low, high=high, coverage=95, assessed_on=date(2012, 5, 1)
    )
    (row,) = assessed(asked, [walk]).rows
    assert row["could_be"].shown == told
