"""Whoever reads the table of a finished half-year again and again, and reckons, finds no child."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.conf import LazySettings
from django.test import Client

from schoolward.domains.cases.actions.editions import give_half_years
from schoolward.domains.cases.examples import build_referrals
from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.queries.performance import Line, performance
from schoolward.domains.cases.queries.performance_opened import open_line
from schoolward.domains.programs.models import Program
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

pytestmark = pytest.mark.django_db
FIRST = date(2011, 1, 1)
HALVES = [date(2011, 1, 1), date(2011, 7, 1), date(2012, 1, 1), date(2012, 7, 1)]
GIVEN = [date(2011, 7, 25), date(2012, 1, 25), date(2012, 7, 25), date(2013, 1, 25)]
"""The nights in which each of them is counted."""


def _give(on: date) -> int:
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return give_half_years(on=on, by=Viewer.system(at=at), at=at)


def _add(number: int, program: Program | None, started: date, ended: date | None, done: bool = True) -> None:
    day = started.isoformat()
    row = dict.fromkeys(("referred", "contacted", "consented", "started"), day)
    row |= {"referral": "Invented", "times": str(number), "ended": ended.isoformat() if ended else ""}
    made = build_referrals([row | {"reason": "" if done or not ended else "moved"}]).values()
    if program is not None:
        with within(Viewer.system(at=datetime(2012, 9, 6, tzinfo=UTC))):
            Referral.objects.filter(pk__in=[one.pk for one in made]).update(program=program)


def _change(chance: random.Random, program: Program, until: date) -> None:
    """What comes late: entries of half-years that are over, ends that are entered late, and seals."""
    for _ in range(chance.randrange(1, 5)):
        started = FIRST + timedelta(days=chance.randrange((until - FIRST).days))
        ended = started + timedelta(days=chance.randrange(20, 200))
        _add(
            chance.choice((1, 2, 12)),
            chance.choice((program, None)),
            started,
            ended if ended <= until and chance.random() < 0.6 else None,
            chance.random() < 0.6,
        )
    with within(Viewer.system(at=datetime(2012, 9, 6, tzinfo=UTC)), sealing=True):
        there = list(Referral.objects.filter(sealed_at=None, ended_on=None).values_list("pk", flat=True))
        sealed = chance.sample(there, min(len(there), chance.choice((0, 1, 1, 13))))
        at = datetime(2012, 9, 6, tzinfo=UTC)
        Referral.objects.filter(pk__in=sealed).update(sealed_at=at)


def _table(viewer: Viewer, half: date, as_of: date) -> list[Line]:
    return [one for one in performance(viewer, half, as_of).lines if one.code not in ("agreements", "slots")]


def _of(lines: list[Line], code: str) -> dict[str, float]:
    return {one.program: one.value for one in lines if one.code == code and one.value is not None}


@pytest.mark.parametrize("seed", range(6))
def test_no_child_is_had_from_tables_that_are_read_again(
    seed: int, program: Program, person: Callable[..., Viewer]
) -> None:
    """Neither from one table on two days, nor from who was left in one and is carried over in the next."""
    chance, viewer = random.Random(seed), person("trustee")
    for half in HALVES:
        for one in (program, None):
            _add(chance.randrange(20, 40), one, half + timedelta(days=chance.randrange(40)), None)
            begun = half + timedelta(days=5)
            for done in (True, False):
                _add(chance.randrange(11, 20), one, begun, begun + timedelta(days=90), done)
    seen: dict[date, list[Line]] = {}
    for half, night in zip(HALVES, GIVEN, strict=True):
        _give(night)
        seen[half] = _table(viewer, half, night)
        _change(chance, program, night)
        for earlier, lines in seen.items():
            assert _table(viewer, earlier, night) == lines
    reckoned = 0
    for one, two in pairwise(HALVES):
        served, exits, carried = _of(seen[one], "served"), _of(seen[one], "exits"), _of(seen[two], "carried")
        for key in served.keys() & exits.keys() & carried.keys():
            change = carried[key] - (served[key] - exits[key])
            assert change == 0 or abs(change) >= 11, (one, key, change)
            reckoned += 1
    assert reckoned >= 3
    for lines in seen.values():
        served, exits = _of(lines, "served"), _of(lines, "exits")
        assert all(served[key] >= exits[key] for key in served.keys() & exits.keys())


def test_an_opened_figure_counts_no_late_child(
    client_of: Callable[..., Client], person: Callable[..., Viewer], settings: LazySettings
) -> None:
    settings.DEMO = True  # its day stands still
    _add(14, None, date(2012, 2, 1), None)
    _give(date(2012, 9, 1))
    _add(1, None, date(2012, 2, 1), None)
    opened = open_line(person("trustee"), date(2012, 2, 1), date(2012, 9, 6), program="", code="served")
    assert opened is not None
    assert opened.records == 14
    client = client_of("trustee")
    assert "14 records" in client.get("/cases/performance/served/?half=2012-01-01").content.decode()
    told = client.get("/api/v1/cases/performance/served/records?half=2012-01-01").json()
    assert (told["records"], told["keys"]) == (14, [])


def test_a_half_year_whose_late_entries_left_is_told_without_them() -> None:
    """One that was entered late and left again makes exits of more than were there: that says "one"."""
    _add(20, None, date(2012, 2, 1), date(2012, 8, 1))
    _give(date(2012, 7, 25))
    _add(1, None, date(2012, 2, 1), date(2012, 8, 1))
    assert _give(date(2013, 1, 25)) == 1
    viewer = Viewer.system(at=datetime(2013, 1, 25, tzinfo=UTC))
    lines = _table(viewer, date(2012, 7, 1), date(2013, 1, 25))
    assert {one.is_hidden for one in lines if one.code in ("served", "exits", "carried")} == {True}
