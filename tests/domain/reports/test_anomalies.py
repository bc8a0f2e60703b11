"""Numbers judged on real incidents: by sites, by months, and where there is too little to judge."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from schoolward.analysis.anomaly import Verdict
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run
from schoolward.reports.anomalies import judged
from schoolward.reports.composing import Composer
from schoolward.reports.content import Cell

pytestmark = pytest.mark.django_db

AS_OF = date(2012, 9, 6)
SITES = 6
COLUMNS = ("cds_code", "name", "kind", "level", "charter", "address", "lat", "lon", "opened", "closed")
INCIDENTS = ("incident_number", "occurred_at", "address", "latitude", "longitude", "category")
Bring = Callable[..., None]


def _csv(rows: list[tuple[str, ...]]) -> io.BytesIO:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return io.BytesIO(out.getvalue().encode())


@pytest.fixture
def bring(by: Viewer, at: datetime) -> Bring:
    """Six high schools; `x imports records at one of them."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for site in range(SITES):
        code, place = f"3467000000000{site}", (f"{site + 1}0 First Street", f"38.{site + 1}0", "-121.50")
        rows.append((code, f"School {site}", "High", "High", "N", *place, "1980-07-01", ""))
    run("schools", _csv(rows), by=by, at=at)
    made: list[str] = []

    def bring(*records: tuple[int, date, int], category: str = "theft") -> None:
        lines: list[tuple[str, ...]] = [INCIDENTS]
        for site, day, count in records:
            for number in range(count):
                made.append("")
                when = f"{day + timedelta(days=number % 17)} 12:00"
                lines.append((str(len(made)), when, f"{site + 1}0 First Street", "", "", category))
        assert run("incidents", _csv(lines), by=by, at=at).rejected == []

    return bring


def months(year: int) -> list[date]:
    """The first days of a school year's months."""
    return [date(year + (month > 12), (month - 1) % 12 + 1, 1) for month in range(7, 19)]


def cells_of(text: str) -> tuple[Cell, ...]:
    return Composer(AS_OF, blocks={}).compose([("results", "Results", text)]).cells


def test_thousands_of_records_at_one_school_are_unusual(bring: Bring) -> None:
    """The case that the gate is for: wrong coding at one school, in one month."""
    firsts = [*months(2010), *months(2011), date(2012, 7, 1), date(2012, 8, 1)]
    bring(*((site, first, 2) for site in range(SITES) for first in firsts))
    cells = cells_of(
        "[[incidents.at_campus period=last-school-year]] "
        "[[incidents.at_campus from=2011-11-01 to=2011-11-30]]"
    )
    assert {found.verdict for found in judged(cells).values()} == {Verdict.ORDINARY}

    bring((3, date(2011, 11, 1), 700), category="weapons")
    cells = cells_of(
        "[[incidents.at_campus period=last-school-year]] "
        "[[incidents.at_campus from=2011-11-01 to=2011-11-30]] "
        "[[incidents.at_campus period=year-before-last]]"
    )
    year, month, before = (judged(cells)[cell.position] for cell in cells)
    assert (year.verdict, month.verdict) == (Verdict.UNUSUAL, Verdict.UNUSUAL)
    assert "November 1, 2011 to November 30, 2011: 712 is 59.3 times" in year.sentence
    assert "School 3: 724, against 24 at the usual rate of its 5 peers" in year.sentence
    assert "and 24 in the period before" in year.sentence
    assert before.verdict is Verdict.ORDINARY


def test_with_a_short_history_the_sites_still_judge(bring: Bring) -> None:
    bring(*((site, date(2012, 8, 20), 6) for site in range(SITES)))
    (cell,) = cells_of("[[incidents.at_campus from=2012-08-20 to=2012-08-27]]")
    assert judged((cell,))[1].verdict is Verdict.ORDINARY

    bring((3, date(2012, 8, 20), 200))
    (cell,) = cells_of("[[incidents.at_campus from=2012-08-20 to=2012-08-27]]")
    assert judged((cell,))[1].verdict is Verdict.UNUSUAL


def test_what_stands_at_a_day_is_held_against_the_ends_of_months(bring: Bring) -> None:
    (cell,) = cells_of("[[campuses.operating]]")
    found = judged((cell,))[1]

    assert found.verdict is Verdict.ORDINARY
    assert found.sentence.endswith("It is within the usual range of 12 ends of earlier months (median 6).")


def test_a_year_of_which_months_are_missing_is_not_collected(bring: Bring) -> None:
    bring(*((site, first, 10) for first in months(2010) for site in range(SITES)))
    bring((0, date(2011, 6, 29), 1))
    whole, partial = cells_of(
        "[[incidents.at_campus period=year-before-last]], "
        "[[incidents.at_campus from=2011-01-01 to=2011-12-31]]"
    )

    assert (whole.shown, whole.reading.collected) == ("721", True)
    assert (partial.shown, partial.reading.value, partial.lineage.count) == ("not collected", None, 0)
    assert partial.reading.note.startswith("The records brought in so far do not cover the whole period")
