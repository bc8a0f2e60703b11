"""Approval and withdrawal on the command line, each in the name of a person."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import actor, as_json_option, as_option, found, refusals, scenario_of


@click.command(
    epilog='\b\nExample:\n  schoolward funding approve 3 --as lead@example.org --note "Board of September 6"'
)
@click.argument("scenario", type=int)
@click.option("--note", default="", help="What is kept beside it.")
@as_option
@as_json_option
def approve(scenario: int, note: str, email: str | None, as_json: bool) -> None:
    """Approve SCENARIO (its number): its works become funded, its money is set aside.

    Somebody else than who asked for it approves it. What the ledger or the work has overtaken since is named,
    and nothing is written (exit code 5).
    """
    installation.start()
    from schoolward.domains.funding import actions
    from schoolward.domains.funding.api.shapes import AllocationOut
    from schoolward.domains.funding.queries import allocations, allocations_now
    from schoolward.domains.grants.wording import dollars

    with refusals():
        approval = actions.approve(
            scenario_id=scenario_of(scenario).pk, note=note, by=actor(email), at=installation.moment()
        )
    by = installation.operator()
    rows = [AllocationOut.of(one) for one in allocations_now(by, allocations(by).filter(approval=approval))]
    if as_json:
        terminal.write_json({"scenario": scenario, "allocations": rows})
        return
    for row in rows:
        match = f" and {dollars(row['match_cents'])} of match" if row["match_cents"] else ""
        click.echo(f"{row['work']}: {dollars(row['amount_cents'])} of {row['fund']}{match}")


@click.command(
    epilog='\b\nExample:\n  schoolward funding withdraw 7 --as lead@example.org --reason "No bids came"'
)
@click.argument("allocation", type=int)
@click.option("--reason", required=True, help="Why. It is kept with the work.")
@as_option
@as_json_option
def withdraw(allocation: int, reason: str, email: str | None, as_json: bool) -> None:
    """Withdraw ALLOCATION (its number): the work is accepted again, and its money free."""
    installation.start()
    from schoolward.domains.funding import actions
    from schoolward.domains.funding.queries import allocations

    row = found(allocations, f"allocation {allocation}", "funding allocations --all", pk=allocation)
    with refusals():
        taken = actions.withdraw(
            allocation_id=row.pk, reason=reason, by=actor(email), at=installation.moment()
        )
    if as_json:
        terminal.write_json({"withdrawn": [one.pk for one in taken]})
    else:
        click.echo(f"Withdrawn: {len(taken)} for {row.work.reference}.")
