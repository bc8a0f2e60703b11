"""Performance measures of programs by half a year: counted as grants ask, hidden where few, never a zero."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from schoolward.domains.cases.actions.editions import give_half_years
from schoolward.domains.cases.examples import build_referrals
from schoolward.domains.cases.models import CountEdition, FollowUp, Referral, Service, of_referral
from schoolward.domains.cases.queries.performance import Line, NoTableYetError, Performance
from schoolward.domains.cases.queries.performance import performance as given_performance
from schoolward.domains.cases.queries.performance_counting import (
    CountedHalf,
    _tell_hours,
    given_halves,
    half_of,
    halves,
)
from schoolward.domains.programs.models import Program
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

TODAY = date(2012, 9, 6)
LATER = date(2013, 1, 22)
"""When the half-year of that day has its table."""
KEY = "example"
pytestmark = pytest.mark.django_db


def give(on: date = LATER) -> None:
    """Count the half-years that are due, as if nobody had."""
    CountEdition.objects.all().delete()
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    give_half_years(on=on, by=Viewer.system(at=at), at=at)


def performance(viewer: Viewer, day: date, as_of: date) -> Performance:
    """The table of a half-year that is counted now."""
    give(as_of)
    return given_performance(viewer, day, as_of)


def _served(
    count: int,
    *,
    started: date,
    ended: date | None = None,
    completed: bool = True,
    program: Program | None = None,
) -> list[Referral]:
    """So many invented referrals that took each step up to the start on one day."""
    day = started.isoformat()
    row = dict.fromkeys(("referred", "contacted", "consented", "started"), day)
    row |= {"referral": "Invented", "times": str(count), "ended": ended.isoformat() if ended else ""}
    made: list[Referral] = list(build_referrals([row | {"reason": "" if completed else "moved"}]).values())
    if program is not None:
        with within(Viewer.system(at=datetime(2012, 9, 6, tzinfo=UTC))):
            Referral.objects.filter(pk__in=[one.pk for one in made]).update(program=program)
    return made


def _of(lines: list[Line], program: str) -> dict[str, Line]:
    return {line.measure: line for line in lines if line.program == program}


def test_served_is_carried_over_and_new(
    person: Callable[..., Viewer],
) -> None:
    _served(12, started=date(2012, 5, 1))
    _served(13, started=date(2012, 8, 1))
    _served(14, started=date(2012, 5, 1), ended=date(2012, 8, 9))
    _served(11, started=date(2012, 7, 2), ended=date(2012, 8, 1), completed=False)
    _served(5, started=date(2012, 2, 1), ended=date(2012, 3, 1))  # out before the half-year
    lines = _of(performance(person("trustee"), TODAY, LATER).lines, KEY)
    told = {name: line.value for name, line in lines.items()}
    assert (told["Youth served"], told["Carried over"], told["New admissions"]) == (50, 26, 24)
    assert (told["Exits"], told["Completed"], lines["Completed"].of) == (25, 100 * 14 / 25, 25)
    assert told["Average length of stay"] == pytest.approx((14 * 100 + 11 * 30) / 25)
    assert (told["Service hours"], lines["Service hours"].is_collected) == (None, False)


def test_a_few_are_hidden_and_cannot_be_subtracted(program: Program, person: Callable[..., Viewer]) -> None:
    _served(3, started=date(2012, 8, 1))
    _served(40, started=date(2012, 8, 1), program=program)
    lines = performance(person("trustee"), TODAY, LATER).lines
    assert _of(lines, KEY)["New admissions"].is_hidden
    shown = [_of(lines, key)["Youth served"].value for key in (program.key, "")]
    assert None in shown, "the total less the other program would be the three"


def test_follow_ups_and_sessions_of_a_few_are_hidden(
    coordinator: Viewer,
    person: Callable[..., Viewer],
) -> None:
    out = _served(22, started=date(2012, 1, 5), ended=date(2012, 2, 1))
    with within(Viewer.system(at=coordinator.at)):
        for number, one in enumerate(out):
            FollowUp.objects.create(
                **of_referral(one, RecordClass.PROTECTED),
                months=6,
                full_on=date(2012, 8, 2),
                found="yes" if number < 11 else "no",
                source="police",
                on=date(2012, 8, 3),
            )
    told = _of(performance(person("trustee"), TODAY, LATER).lines, KEY)
    assert (told["New offense within 6 months"].value, told["New offense within 6 months"].of) == (50, 22)
    with within(Viewer.system(at=coordinator.at)):
        FollowUp.objects.filter(referral=out[0]).update(found="no")
    told = _of(performance(person("trustee"), TODAY, LATER).lines, KEY)
    assert told["New offense within 6 months"].is_hidden
    assert not Service.objects.exists()


def test_half_years_do_not_overlap() -> None:
    found = halves(TODAY, 4)
    assert found[0] == half_of(TODAY) == (date(2012, 7, 1), date(2012, 12, 31))
    assert [first for first, _last in found] == [
        date(2012, 7, 1),
        date(2012, 1, 1),
        date(2011, 7, 1),
        date(2011, 1, 1),
    ]


def test_a_half_year_that_runs_has_no_table(
    client_of: Callable[..., Client], person: Callable[..., Viewer], settings: LazySettings
) -> None:
    """Seen today and tomorrow, it would tell of the one who came between."""
    settings.DEMO = True
    for day in (date(2012, 12, 31), date(2013, 1, 21)):
        assert given_halves(day)[0][0] == date(2012, 1, 1)
        with pytest.raises(
            NoTableYetError, match="has no table yet; it is counted in the night from 2013-01-22"
        ):
            performance(person("trustee"), TODAY, day)
    assert performance(person("trustee"), TODAY, LATER).given == LATER
    give(TODAY)
    client = client_of("trustee")
    page = client.get("/cases/performance/?half=2012-07-01")
    assert page.context["found"].first == date(2012, 1, 1)
    assert "Counted on September 6, 2012, and not again" in page.content.decode()
    assert "counted on January 22, 2013" in page.content.decode()
    assert "?half=2012-07-01" not in page.content.decode()
    for path in ("performance?", "performance/served/records?"):
        answer = client.get(f"/api/v1/cases/{path}half=2012-09-06")
        assert answer.status_code == 422, path
        assert "has no table yet" in answer.json()["detail"]


def test_page_file_and_api_say_the_same(
    client_of: Callable[..., Client],
    person: Callable[..., Viewer],
    settings: LazySettings,
) -> None:
    settings.DEMO = True
    _served(12, started=date(2012, 2, 1))
    client = client_of("trustee")
    none = client.get("/cases/performance/?half=2012-01-01").content.decode()
    assert "no table yet. It is counted in the coming night" in none
    assert client.get("/cases/performance.csv").status_code == 404
    assert client.get("/cases/performance/served/").status_code == 404
    give(TODAY)
    page = client.get("/cases/performance/?half=2012-01-01").content.decode()
    assert "not collected" in page
    assert "Invented" not in page
    text = b"".join(client.get("/cases/performance.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text)))
    lines = client.get("/api/v1/cases/performance").json()["lines"]
    assert [row["measure"] for row in rows] == [line["measure"] for line in lines]
    served_line = next(line for line in lines if line["program"] == KEY)
    assert (served_line["measure"], served_line["value"]) == ("Youth served", 12)
    assert client_of("site_lead").get("/cases/performance/").status_code == 403
    with pytest.raises(AccessDenied):
        performance(person("provider", "community"), TODAY, LATER)


@pytest.mark.parametrize(("heads", "hidden", "value"), [(10, True, None), (11, False, 8.25), (0, False, 0)])
def test_hours_do_not_tell_how_few_came(heads: int, hidden: bool, value: float | None) -> None:
    hours = heads * 45 / 60
    counted = CountedHalf(TODAY)
    _tell_hours(counted, KEY, hours, heads, 1)
    told = counted.told[f"hours:{KEY}"]
    assert (told is None, told and told["value"]) == (hidden, value)
