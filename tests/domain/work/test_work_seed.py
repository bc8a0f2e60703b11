"""The demonstration's work: all invented, all legal, and telling a plausible story."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db.models import F
from pytest_django import DjangoDbBlocker

from schoolward.domains.work import seed
from schoolward.domains.work.models import Transition, WorkItem, WorkKind
from schoolward.domains.work.states import TRANSITIONS, State
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext, all_seeds
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read

DAY = date(2012, 9, 6)


@pytest.fixture(scope="module")
def seeds_up_to_work(shared_rows: None, seeding: SeedContext, django_db_blocker: DjangoDbBlocker) -> None:
    """The seeds up to work, run once for these tests."""
    with django_db_blocker.unblock():
        for _title, run in all_seeds():
            run(seeding)
            if run is seed.work:
                return
    raise AssertionError("work has no seed")


@pytest.fixture
def story(seeds_up_to_work: None, db: None) -> None:
    """Those seeds' rows, to read and to change."""


def test_the_story(story: None, by: Viewer, at: datetime) -> None:
    assert WorkItem.objects.values("campus").distinct().count() == 75
    assert 1_400 <= WorkItem.objects.filter(kind=WorkKind.RECOMMENDATION).count() <= 1_500
    assert not WorkItem.objects.filter(invented=False).exists()

    legal = {(step.start.value, step.end.value) for step in TRANSITIONS} | {("", State.PROPOSED.value)}
    made = set(Transition.objects.values_list("from_state", "to_state").distinct())
    assert made <= legal
    assert not Transition.objects.filter(on__gt=DAY).exists()
    assert not WorkItem.objects.filter(verified_on__lt=F("done_on")).exists()

    completion = read("recommendations.completion", Period(None, None, DAY))
    complete_sites = read("recommendations.sites_complete", Period(None, None, DAY))
    assert completion.value is not None
    assert 50 < completion.value < 80
    assert complete_sites.value is not None
    assert 20 < complete_sites.value < 60

    assert seed.work(SeedContext(by, at, DAY)) == "already there", "run again it does nothing"


def test_the_second_round_waits(story: None) -> None:
    recommended = WorkItem.objects.filter(kind=WorkKind.RECOMMENDATION)
    done = recommended.filter(done_on__isnull=False)
    waiting = recommended.exclude(campus__in=done.values("campus")).values("campus").distinct()
    assert 8 <= waiting.count() <= 25
    held = recommended.filter(campus__in=waiting)
    assert not held.filter(state__in=(State.DONE, State.VERIFIED)).exists()
    assert not held.filter(planned_on__lt=seed.SECOND_ROUND_FROM).exists()
    assert held.filter(state=State.SCHEDULED).exists()
