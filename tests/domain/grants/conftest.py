"""An award with two lines and its budget in the ledger, and who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from schoolward.domains.grants import actions
from schoolward.domains.grants.actions import NewEntry
from schoolward.domains.grants.models import Award, BudgetLine, Entry
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer


@pytest.fixture
def account(db: None) -> Callable[[int], Account]:
    """An account of this number."""

    def make(number: int) -> Account:
        found = Account.objects.filter(pk=number).first()
        return found or Account.objects.create_user(
            f"person-{number}@example.org", pk=number, name=f"P{number}"
        )

    return make


@pytest.fixture
def person(viewer: Callable[..., Viewer], account: Callable[[int], Account]) -> Callable[..., Viewer]:
    """A viewer of a role with an account of its own: ``person("lead", 2)``."""
    from dataclasses import replace

    def make(role: str, number: int = 1) -> Viewer:
        made = account(number)
        return replace(viewer(role), account_id=made.pk, account_name=made.name)

    return make


@pytest.fixture
def analyst(person: Callable[..., Viewer]) -> Viewer:
    """The one who keeps the ledgers."""
    return person("grants_analyst", 1)


@pytest.fixture
def lead(person: Callable[..., Viewer]) -> Viewer:
    """The second person."""
    return person("lead", 2)


@pytest.fixture
def award(analyst: Viewer, at: datetime) -> Award:
    """$200,000 of federal money from October 2009 to September 2012, half of it matched, with two lines."""
    made = actions.add_award(
        title="Safer doors",
        funder_name="An office",
        amount_cents=200_000_00,
        awarded_on=date(2009, 9, 1),
        start=date(2009, 10, 1),
        end=date(2012, 9, 30),
        match_percent=Decimal(50),
        transfer_percent=10,
        forbids_supplanting=False,
        by=analyst,
        at=at,
    )
    for code, title, category, cents in (
        ("E", "Locks", "equipment", 150_000_00),
        ("C", "Fitting", "contractual", 50_000_00),
    ):
        line = actions.add_line(
            award_id=made.pk, code=code, title=title, category=category, by=analyst, at=at
        )
        new = NewEntry(made.pk, "budget", cents, date(2009, 10, 1), "Approved budget", line_id=line.pk)
        actions.post(new=new, by=analyst, at=at)
    return made


@pytest.fixture
def line(award: Award) -> BudgetLine:
    """The line of locks, with $150,000."""
    return award.lines.get(code="E")


@pytest.fixture
def post(award: Award, line: BudgetLine, analyst: Viewer, at: datetime) -> Callable[..., Entry]:
    """Make an entry: ``post("expenditure", 100_00)``; further fields by name."""

    def make(kind: str, cents: int, **fields: Any) -> Entry:
        given: dict[str, Any] = {"on": date(2012, 9, 3), "description": "Forty locks"}
        if kind in ("expenditure", "obligation", "budget"):
            given["line_id"] = line.pk
        if kind == "match":
            given["match_kind"] = "cash"
        return actions.post(new=NewEntry(award.pk, kind, cents, **{**given, **fields}), by=analyst, at=at)

    return make
