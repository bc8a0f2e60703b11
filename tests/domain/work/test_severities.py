"""M12 by severity: the parts are the whole, on every day."""

from __future__ import annotations

from datetime import date

import pytest

from schoolward.domains.work.examples import build
from schoolward.domains.work.measures.severities import SEVERITIES
from schoolward.domains.work.models import Severity
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import open_part, read
from schoolward.platform.measures.registry import Part

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "day", [date(2012, 1, 9), date(2012, 5, 10), date(2012, 5, 20), date(2012, 6, 2), date(2012, 9, 6)]
)
@pytest.mark.parametrize("family", ["recommendations.completion", "recommendations.on_time"])
def test_the_severities_add_up_to_all(family: str, day: date) -> None:
    build(parse(SEVERITIES))
    period = Period(None, None, day)
    for part in (Part.NUMERATOR, Part.DENOMINATOR):
        whole = set(open_part(family, period, part=part).keys())
        parts = [set(open_part(f"{family}.{one}", period, part=part).keys()) for one in Severity.values]
        assert set().union(*parts) == whole
        assert sum(len(one) for one in parts) == len(whole)


def test_a_severity_without_anything_is_not_collected() -> None:
    build(parse(SEVERITIES))
    reading = read("recommendations.on_time.low", Period(None, None, date(2012, 9, 6)))
    assert (reading.value, reading.collected) == (None, False)
    assert "“Low” has fallen due" in str(reading.note)
