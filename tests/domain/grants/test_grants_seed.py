"""The demonstration's grants: real awards, invented ledgers that reconcile, and loaded quickly."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django import DjangoDbBlocker

from schoolward.domains.alarms import seed as alarms
from schoolward.domains.grants import queries, seed
from schoolward.domains.grants.models import (
    Award,
    Entry,
    LapseAlert,
    Opportunity,
    OverrideRequest,
    Position,
    Purpose,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext, all_seeds
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read

DAY = date(2012, 9, 6)


@pytest.fixture(scope="module")
def seeds_up_to_grants(shared_rows: None, seeding: SeedContext, django_db_blocker: DjangoDbBlocker) -> None:
    """The seeds up to grants, run once for these tests; alarms, which take long, have no part in them."""
    with django_db_blocker.unblock():
        for _title, run in all_seeds():
            if run is not alarms.alarms:
                run(seeding)
            if run is seed.grants:
                return
    raise AssertionError("grants have no seed")


@pytest.fixture
def story(seeds_up_to_grants: None, db: None) -> None:
    """Those seeds' rows, to read and to change."""


def test_the_story(story: None, by: Viewer, at: datetime) -> None:
    amounts = dict(Award.objects.values_list("key", "amount_cents"))
    assert amounts == {
        "secure-our-schools-2009": 221_182_00,
        "lifeline-mentoring": 500_000_00,
        "attendance-centers": 280_000_00,
        "gang-prevention-and-literacy": 250_000_00,
    }
    assert queries.differences() == []
    assert not Entry.objects.filter(invented=False).exists()
    assert not Entry.objects.filter(on__gt=DAY).exists()
    for stood in queries.standings(Award.objects.all(), on=DAY):
        assert stood.balances.budgeted == stood.award.amount_cents
        assert 0 < stood.balances.drawn <= stood.balances.expended <= stood.balances.committed
        assert stood.lapse is not None
        for balance in queries.line_balances(stood.award.pk).values():
            assert balance.unliquidated >= 0
            assert balance.committed <= balance.budgeted or balance.drawn or balance.matched

    traced = read("grants.traceability", Period(None, None, DAY))
    assert traced.value is not None
    assert 90 < traced.value < 100
    assert read("grants.won", Period(None, None, DAY)).value == 80
    assert Purpose.objects.filter(kind="work").exists()
    assert Position.objects.count() == 5
    assert Opportunity.objects.filter(choice="open").exists()
    assert OverrideRequest.objects.filter(state="asked").exists()
    assert set(LapseAlert.objects.values_list("award__key", "days")) == {
        ("lifeline-mentoring", 30),
        ("secure-our-schools-2009", 180),
    }
    assert seed.grants(SeedContext(by, at, DAY)) == "already there"


def test_no_entry_names_a_person(story: None) -> None:
    assert not Entry.objects.exclude(payee="").exclude(payee__endswith="(invented)").exists()


def test_an_invoice_is_of_the_firm_that_had_the_order(story: None) -> None:
    paid = Entry.objects.filter(kind="expenditure", obligation__isnull=False).select_related("obligation")
    assert paid.count() > 20
    for entry in paid:
        assert entry.obligation is not None
        assert entry.payee == entry.obligation.payee != ""
        assert entry.obligation.description == f"Ordered: {entry.description}"


def test_what_is_bought_comes_from_who_sells_it(story: None) -> None:
    for row in Entry.objects.filter(description__icontains="light").exclude(payee=""):
        assert row.payee == "Delta Electric (invented)"
