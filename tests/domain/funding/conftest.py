"""An award that takes part in plans, works that wait for money, and the people around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from schoolward.domains.funding import actions
from schoolward.domains.funding.models import Approval, Plan, Scenario
from schoolward.domains.grants import actions as grants
from schoolward.domains.grants.actions import NewEntry
from schoolward.domains.grants.models import Award, BudgetLine, Entry
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer


@pytest.fixture
def person(db: None, viewer: Callable[..., Viewer]) -> Callable[..., Viewer]:
    """A viewer of a role with an account of its own: ``person("lead", 2)``."""

    def make(role: str, number: int = 1, **scope: Any) -> Viewer:
        found = Account.objects.filter(pk=number).first()
        account = found or Account.objects.create_user(
            f"person-{number}@example.org", pk=number, name=f"P{number}"
        )
        return replace(viewer(role, **scope), account_id=account.pk, account_name=account.name)

    return make


@pytest.fixture
def analyst(person: Callable[..., Viewer]) -> Viewer:
    """The one who makes plans."""
    return person("grants_analyst", 1)


@pytest.fixture
def lead(person: Callable[..., Viewer]) -> Viewer:
    """The one who approves."""
    return person("lead", 2)


@pytest.fixture
def site(db: None) -> Campus:
    return Campus.objects.create(
        name="Oak", slug="oak", address="1 Oak Street", address_key="1 OAK ST", zip_code="95814"
    )


@pytest.fixture
def other_site(db: None) -> Campus:
    return Campus.objects.create(
        name="Elm", slug="elm", address="1 Elm Street", address_key="1 ELM ST", zip_code="95814"
    )


@pytest.fixture
def award(analyst: Viewer, at: datetime) -> Award:
    """$200,000 of federal money until September 2013, a quarter of the whole matched, with two lines.

    Ten percent of the budget, match included, may move between its lines: $26,666.66.
    """
    made = grants.add_award(
        title="Safer doors",
        key="doors",
        funder_name="An office",
        amount_cents=200_000_00,
        awarded_on=date(2009, 9, 1),
        start=date(2009, 10, 1),
        end=date(2013, 9, 30),
        match_percent=Decimal(25),
        transfer_percent=10,
        forbids_supplanting=False,
        by=analyst,
        at=at,
    )
    for code, title, category, cents in (
        ("E", "Locks", "equipment", 150_000_00),
        ("C", "Fitting", "contractual", 50_000_00),
    ):
        grants.add_line_with_budget(
            award_id=made.pk,
            code=code,
            title=title,
            category=category,
            amount_cents=cents,
            by=analyst,
            at=at,
        )
    return made


@pytest.fixture
def scoped(award: Award, analyst: Viewer, at: datetime) -> Award:
    """The award, which takes part in plans."""
    actions.set_scope(award_id=award.pk, takes_part=True, reason="Award letter, page 3", by=analyst, at=at)
    return award


@pytest.fixture
def line(award: Award) -> BudgetLine:
    """The line of equipment, with $150,000."""
    return award.lines.get(code="E")


@pytest.fixture
def fitting(award: Award) -> BudgetLine:
    """The line of contractual costs, with $50,000."""
    return award.lines.get(code="C")


@pytest.fixture
def post(award: Award, line: BudgetLine, analyst: Viewer, at: datetime) -> Callable[..., Entry]:
    """Make an entry: ``post("expenditure", 100_00)``; further fields by name."""

    def make(kind: str, cents: int, **fields: Any) -> Entry:
        given: dict[str, Any] = {"on": date(2012, 9, 3), "description": "Forty locks", "line_id": line.pk}
        return grants.post(new=NewEntry(award.pk, kind, cents, **{**given, **fields}), by=analyst, at=at)

    return make


@pytest.fixture
def accepted(site: Campus, lead: Viewer, at: datetime) -> Callable[..., WorkItem]:
    """Accepted work at the site: ``accepted("Mend the gate", 500_00, trade="locks")``."""

    def make(title: str = "Mend the gate", cents: int | None = 500_00, **fields: Any) -> WorkItem:
        given = {"campus_id": site.pk, "trade": "locks", "severity": "medium", "estimate_cents": cents}
        item = work.propose(title=title, by=lead, at=at, **{**given, **fields})
        return work.accept(item_id=item.pk, due=date(2013, 3, 1), by=lead, at=at)

    return make


@pytest.fixture
def works(accepted: Callable[..., WorkItem], other_site: Campus) -> dict[str, WorkItem]:
    """Four works: two of locks at Oak, one of lights and one of cameras at Elm."""
    return {
        "gate": accepted("Mend the gate", 60_000_00, severity="high", reference="W-GATE"),
        "doors": accepted("Replace locks", 70_000_00, severity="urgent", reference="W-DOORS"),
        "lights": accepted(
            "Light the lot", 50_000_00, trade="lighting", campus_id=other_site.pk, reference="W-LIGHTS"
        ),
        "cameras": accepted(
            "Watch the yard", 90_000_00, trade="cameras", campus_id=other_site.pk, reference="W-CAMERAS"
        ),
    }


@pytest.fixture
def plan(scoped: Award, works: dict[str, WorkItem], analyst: Viewer, at: datetime) -> Plan:
    """A plan of the day."""
    return actions.make_plan(title="What is left in fall", by=analyst, at=at)


@pytest.fixture
def computed(plan: Plan, analyst: Viewer, at: datetime) -> Callable[..., Scenario]:
    """Ask a scenario and compute it: ``computed("As it is", locked_in=("W-GATE",))``."""

    def make(title: str = "As it is", *, by: Viewer = analyst, **question: Any) -> Scenario:
        asked = actions.add_scenario(
            plan_id=plan.pk,
            title=title,
            question=actions.Question(**{"gap": Decimal(0), "frontier_steps": 2, **question}),
            by=by,
            at=at,
        )
        return actions.compute(scenario_id=asked.pk, by=by, at=at)

    return make


@pytest.fixture
def approved(computed: Callable[..., Scenario], lead: Viewer, at: datetime) -> Approval:
    """The doors, the gate and the lights, approved by the second person."""
    return actions.approve(scenario_id=computed().pk, by=lead, at=at, note="Board of September 6")
