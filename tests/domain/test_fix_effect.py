"""M13 is never told without its interval, and says when that shows no change."""

from __future__ import annotations

import pytest

from schoolward.home.measures import told_interval
from schoolward.platform.measures import registry
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (49.8, 158.2, "95% interval 49.8% to 158.2%: too few to tell a change from chance."),
        (101.0, 240.0, "95% interval 101.0% to 240.0%: which shows a rise."),
        (5.0, 99.9, "95% interval 5.0% to 99.9%: which shows a fall."),
        (60.0, None, "95% interval 60.0% to no limit: too few to tell a change from chance."),
    ],
)
def test_the_interval_and_what_it_says(low: float, high: float | None, told: str) -> None:
    assert told_interval(low, high) == told


@pytest.mark.django_db
def test_the_reading_carries_it_wherever_it_is_shown() -> None:
    measure = registry.get("assessments.fix_effect")
    assert measure.example is not None
    measure.example.build(parse(measure.example.rows))
    reading = read(measure.key, Period(*measure.example.period))
    assert reading.interval is not None
    low, high = reading.interval
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert reading.note == told_interval(low, high)
    assert reading.as_json()["note"] == reading.note
