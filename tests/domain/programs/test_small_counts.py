"""A handful of heads is shown by no number, and cannot be worked out from the numbers beside it."""

from __future__ import annotations

from datetime import date

import pytest

from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.programs.models import Offering, Program, Provider, Session, SessionState
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import open_part, read

DAY = date(2012, 9, 30)
PERIOD = Period(date(2012, 7, 1), DAY, DAY)


@pytest.fixture
def sites(league: Provider) -> list[Campus]:
    """Three sites with a school, each with an event."""
    program = Program.objects.create(key="day", title="Day", kind="event", provider=league)
    made = []
    for number, name in enumerate(("Oak", "Elm", "Ash"), start=1):
        campus = Campus.objects.create(
            name=name, slug=name.lower(), address=f"1 {name}", address_key=f"1 {name}"
        )
        school = School.objects.create(cds_code=f"{number:014d}", name=name, kind="elementary")
        SchoolOccupancy.objects.create(school=school, campus=campus)
        Offering.objects.create(program=program, number=number, starts_on=DAY, ends_on=DAY, campus=campus)
        made.append(campus)
    return made


def _came(campus: Campus, *heads: int) -> None:
    offering = Offering.objects.get(campus=campus)
    for number, attended in enumerate(heads, start=1):
        Session.objects.create(
            offering=offering,
            number=number,
            on=DAY,
            minutes_planned=60,
            minutes_held=60,
            state=SessionState.HELD,
            attended=attended,
        )


def _shown(sites: list[Campus]) -> list[float | int | None]:
    """The district's number, then each site's."""
    scopes = [Scope(), *(Scope(campus.pk) for campus in sites)]
    return [read("programs.headcount", PERIOD, scope).value for scope in scopes]


def test_enough_heads_are_shown_by_site(sites: list[Campus]) -> None:
    for campus, heads in zip(sites, (40, 30, 11), strict=True):
        _came(campus, heads)
    assert _shown(sites) == [81, 40, 30, 11]


def test_a_handful_is_withheld_and_so_is_what_would_give_it_away(sites: list[Campus]) -> None:
    for campus, heads in zip(sites, (40, 30, 5), strict=True):
        _came(campus, heads)
    whole, oak, elm, ash = _shown(sites)
    assert ash is None
    assert None in (whole, oak, elm)


def test_few_sessions_with_many_heads_are_no_small_count(sites: list[Campus]) -> None:
    for campus, heads in zip(sites, (40, 30, 11), strict=True):
        _came(campus, heads)
    opened = open_part("programs.headcount", PERIOD)
    assert (opened.is_hidden, opened.records) == (False, 3)


def test_many_sessions_with_a_handful_of_heads_are_one(sites: list[Campus]) -> None:
    _came(sites[0], *([0] * 20), 3)
    assert read("programs.headcount", PERIOD).suppressed
    assert open_part("programs.headcount", PERIOD).is_hidden


def test_nobody_counted_is_not_collected_and_nobody_came_is_none(sites: list[Campus]) -> None:
    reading = read("programs.headcount", PERIOD)
    assert (reading.collected, reading.value) == (False, None)
    _came(sites[0], 0)
    reading = read("programs.headcount", PERIOD)
    assert (reading.collected, reading.value) == (True, 0)
