"""Rows of worked examples made into allocations of an approved plan."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schoolward.domains.funding.models import Allocation, Approval, Plan, Scenario, ScenarioState
from schoolward.platform.access.models import Account

_AT = datetime(2012, 9, 6, 19, tzinfo=UTC)


def build_allocations(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One allocation a row: its work, its dollars, its day, and the day on which it was withdrawn."""
    # Reached through the foreign keys: a domain does not import another domain's models.
    award_of, line_of, work = (_related(name) for name in ("award", "line", "work"))
    asks, approves = (
        Account.objects.create_user(f"example-{who}@example.org", name="example")
        for who in ("asks", "approves")
    )
    award = award_of.create(
        key="example",
        title="Example",
        funder_name="Example",
        amount_cents=10_000_00,
        awarded_on=date(2011, 10, 1),
        start=date(2011, 10, 1),
        end=date(2013, 9, 30),
    )
    line = line_of.create(award=award, code="1", title="All", category="other")
    made = {}
    for number, row in enumerate(rows, start=1):
        on = date.fromisoformat(row["on"])
        gone = date.fromisoformat(row["withdrawn"]) if row["withdrawn"] else None
        made[row["work"]] = Allocation.objects.create(
            approval=_approval(number, on, asks, approves),
            work=work.create(reference=f"EXAMPLE-{number}", title=row["work"], proposed_on=on),
            award=award,
            line=line,
            amount_cents=int(row["dollars"]) * 100,
            on=on,
            at=_AT,
            withdrawn_on=gone,
            withdrawn_by_name="example" if gone else "",
            withdrawn_reason="Example" if gone else "",
        )
    return made


def _related(name: str) -> Any:
    model: Any = Allocation._meta.get_field(name).related_model
    return model._default_manager


def _approval(number: int, on: date, asks: Any, approves: Any) -> Approval:
    plan = Plan.objects.create(
        title=f"Plan {number}", on=on, instance={}, references={}, at=_AT, by=asks, by_name="example"
    )
    scenario = Scenario.objects.create(
        plan=plan, title="Example", state=ScenarioState.ASKED, at=_AT, by=asks, by_name="example"
    )
    return Approval.objects.create(
        plan=plan, scenario=scenario, asked_by=asks, by=approves, by_name="example", on=on, at=_AT
    )
