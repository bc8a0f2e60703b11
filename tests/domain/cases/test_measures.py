"""Numbers about referrals: a few are shown nowhere, and a number opens nothing to whoever sees less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.analysis.equity import ratio_interval
from schoolward.domains.cases import actions
from schoolward.domains.cases.measures import outcomes
from schoolward.domains.cases.models import Referral
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures import registry
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read

FUNNEL = ("cases.contacted", "cases.consented", "cases.started", "cases.completed")
SPAN = "from=2012-08-01&to=2012-09-06&as_of=2012-09-06"


@pytest.fixture
def cohort(db: None) -> Period:
    """The worked example of the funnel."""
    example = registry.get("cases.contacted").example
    assert example is not None
    example.build(parse(example.rows))
    return Period(*example.period)


def test_each_step_is_held_against_the_one_before(cohort: Period) -> None:
    readings = [read(key, cohort) for key in FUNNEL]
    for before, after in pairwise(readings):
        assert before.numerator == after.denominator


def test_ten_young_people_are_shown_nowhere(brought_to: Callable[[str], Referral], at: datetime) -> None:
    brought_to("completed")
    reading = read("cases.contacted", Period(date(2012, 9, 1), date(2012, 9, 6), at.date()))
    assert (reading.value, reading.numerator, reading.denominator, reading.suppressed) == (
        None,
        None,
        None,
        True,
    )


@pytest.mark.parametrize(
    ("role", "purpose"),
    [("lead", "school_safety"), ("site_lead", "school_safety"), ("program_coordinator", "youth_program")],
)
def test_a_number_opens_no_record_of_somebody_else(
    cohort: Period, client_of: Callable[..., Client], role: str, purpose: str
) -> None:
    client = client_of(role, purpose=purpose)
    page = client.get(f"{reverse('home:trace', args=['cases.completed'])}?{SPAN}")
    assert page.status_code == 200
    assert "cases.Referral:" not in page.content.decode()
    told = client.get(f"{reverse('api:trace', args=['cases.completed'])}?{SPAN}")
    assert (told.status_code, told.json()["records"]) == (200, [])
    exported = client.get(f"{reverse('home:trace_csv', args=['cases.completed'])}?{SPAN}")
    assert b"cases.Referral" not in b"".join(exported.streaming_content)


def test_whoever_answers_a_referral_finds_it_behind_the_number(
    cohort: Period, coordinator: Viewer, client_of: Callable[..., Client], at: datetime
) -> None:
    from schoolward.platform.access.wall import within

    mine = "the program_coordinator"
    assert coordinator.account_name == mine
    with within(Viewer.system(at=at)):
        theirs = Referral.objects.filter(state="completed")
        agency = theirs[0].agency_id
        Referral.objects.filter(pk=theirs[0].pk).update(coordinator=coordinator.account_id)
    assert agency != coordinator.agency_id
    client = client_of("program_coordinator")
    page = client.get(f"{reverse('home:trace', args=['cases.completed'])}?{SPAN}")
    assert "cases.Referral:" not in page.content.decode()  # another agency's, without an agreement


def test_the_interval_of_a_ratio() -> None:
    low, high = outcomes._ends(20, 15, 20)(16, 15)
    found = ratio_interval(16, 20, 15, 20)
    assert (low, high) == (found.low, found.high)
    assert low < 1 < (high or 0)
    low, high = outcomes._ends(20, 15, 20)(0, 15)
    assert low == 0 < (high or 0) < 1
    assert outcomes._ends(20, 0, 20)(16, 0)[1] is None


def test_a_follow_up_is_full_after_whole_years() -> None:
    assert actions.full_on(date(2011, 9, 7), 12) == date(2012, 9, 6)
