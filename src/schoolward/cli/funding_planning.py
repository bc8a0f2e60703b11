"""Plans and scenarios on the command line: made, asked, computed, shown and compared."""

from __future__ import annotations

from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import (
    Dollars,
    SiteDollars,
    actor,
    as_json_option,
    as_option,
    plan_of,
    refusals,
    scenario_of,
)
from schoolward.cli.funding_showing import told_of, write_comparison, write_result
from schoolward.cli.outcome import ExitCode

_lock_in = click.option("--lock-in", multiple=True, metavar="WORK", help="Must be paid. May be repeated.")
_lock_out = click.option("--lock-out", multiple=True, metavar="WORK", help="Must not be. May be repeated.")


@click.command(epilog='\b\nExample:\n  schoolward funding make "What is left in fall"')
@click.argument("title")
@as_option
@as_json_option
def make(title: str, email: str | None, as_json: bool) -> None:
    """Freeze what could be bought with what today, as a plan of this TITLE."""
    installation.start()
    from schoolward.domains.funding import actions
    from schoolward.domains.funding.api.shapes import PlanOut

    with refusals():
        told = PlanOut.of(actions.make_plan(title=title, by=actor(email), at=installation.moment()))
    if as_json:
        terminal.write_json(told)
    else:
        click.echo(
            f"Plan {told['id']}: {told['candidates']} works, {told['funds']} budget lines. "
            f"Ask it: schoolward funding ask {told['id']} TITLE"
        )


@click.command(epilog="\b\nExample:\n  schoolward funding plans --json")
@as_json_option
def plans(as_json: bool) -> None:
    """List the plans with their scenarios, the newest plan first."""
    installation.start()
    from schoolward.domains.funding import queries
    from schoolward.domains.funding.api.shapes import PlanOut

    by = installation.operator()
    rows = [
        PlanOut.of(plan)
        | {
            "scenarios": [
                {"id": one.pk, "title": one.title, "state": one.state, "asked_by": one.by_name}
                for one in queries.scenarios(by).filter(plan=plan).order_by("pk")
            ]
        }
        for plan in queries.plans(by)
    ]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("There is no plan. Make one: schoolward funding make TITLE")
    for row in rows:
        click.echo(f"{row['id']}: {row['title']} ({row['on']})")
        for one in row["scenarios"]:
            mark = ", approved" if one["id"] == row["approved"] else ""
            click.echo(f"   {one['id']}: {one['title']} [{one['state']}{mark}]")


@click.command(
    epilog="\b\nExamples:\n"
    '  schoolward funding ask 1 "As it is" --as analyst@example.org\n'
    '  schoolward funding ask 1 "Half for two sites" --floor 50 --floor-site oak --floor-site elm\n'
    '  schoolward funding ask 1 "Cheaper" --share 60 --match 20000 --site-max oak=50000 --time 10 --json'
)
@click.argument("plan", type=int)
@click.argument("title")
@_lock_in
@_lock_out
@click.option("--fund-out", "funds_out", multiple=True, metavar="FUND", help="Leave this budget line out.")
@click.option("--share", type=click.IntRange(0, 100), default=100, help="Percent of every line to use.")
@click.option("--match", type=Dollars(), help="Match money there is (default: as much as it takes).")
@click.option("--site-min", multiple=True, type=SiteDollars(), help="The least spent at a site.")
@click.option("--site-max", multiple=True, type=SiteDollars(), help="The most spent at a site.")
@click.option("--floor", type=click.FloatRange(0, 100), help="Percent of the money for the floor's sites.")
@click.option("--floor-site", "floor_sites", multiple=True, metavar="SITE", help="A site of the floor.")
@click.option("--split", is_flag=True, help="Several lines may share the cost of a work.")
@click.option("--gap", type=click.FloatRange(0, 1), default=0.002, show_default=True, help="Near enough.")
@click.option("--time", "seconds", type=click.IntRange(1, 600), default=20, show_default=True)
@click.option("--frontier", "steps", type=click.IntRange(0, 100), default=0, help="Steps of the budget.")
@click.option("--later", is_flag=True, help="Do not compute it now.")
@as_option
@as_json_option
@click.pass_context
def ask(
    ctx: click.Context,
    plan: int,
    title: str,
    floor: float | None,
    floor_sites: tuple[str, ...],
    later: bool,
    email: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Ask PLAN (its number) a scenario of this TITLE and compute it, in at most --time seconds.

    Exits with 7 where no plan keeps every demand; those that clash are named.
    """
    if (floor is None) != (not floor_sites):
        raise click.UsageError("A floor needs both --floor and at least one --floor-site.")
    installation.start()
    from decimal import Decimal

    from schoolward.domains.funding import actions
    from schoolward.domains.funding.actions import Floor, Question

    question = Question(
        locked_in=asked["lock_in"],
        locked_out=asked["lock_out"],
        funds_out=asked["funds_out"],
        share_percent=asked["share"],
        match_available_cents=asked["match"],
        site_min=dict(asked["site_min"]),
        site_max=dict(asked["site_max"]),
        equity=() if floor is None else (Floor(floor_sites, floor),),
        may_split=asked["split"],
        gap=Decimal(repr(asked["gap"])),
        seconds=asked["seconds"],
        frontier_steps=asked["steps"],
    )
    with refusals():
        made = actions.add_scenario(
            plan_id=plan_of(plan).pk,
            title=title,
            question=question,
            by=actor(email),
            at=installation.moment(),
        )
    _compute_and_show(ctx, made.pk, email, as_json=as_json, later=later)


@click.command(epilog="\b\nExample:\n  schoolward funding copy 3 --lock-in W-00012 --as analyst@example.org")
@click.argument("scenario", type=int)
@click.option("--title", default="", help="Its title (default: one that tells the change).")
@_lock_in
@_lock_out
@click.option("--later", is_flag=True, help="Do not compute it now.")
@as_option
@as_json_option
@click.pass_context
def copy(
    ctx: click.Context,
    scenario: int,
    title: str,
    lock_in: tuple[str, ...],
    lock_out: tuple[str, ...],
    later: bool,
    email: str | None,
    as_json: bool,
) -> None:
    """Ask the question of SCENARIO (its number) again with works locked in or out, and compute it."""
    installation.start()
    from schoolward.domains.funding import actions

    with refusals():
        made = actions.copy_scenario(
            scenario_id=scenario_of(scenario).pk,
            title=title,
            lock_in=lock_in,
            lock_out=lock_out,
            by=actor(email),
            at=installation.moment(),
        )
    _compute_and_show(ctx, made.pk, email, as_json=as_json, later=later)


@click.command(epilog="\b\nExample:\n  schoolward funding compute 3 --json")
@click.argument("scenario", type=int)
@as_option
@as_json_option
@click.pass_context
def compute(ctx: click.Context, scenario: int, email: str | None, as_json: bool) -> None:
    """Compute SCENARIO (its number) at once, with its frontier."""
    installation.start()
    _compute_and_show(ctx, scenario_of(scenario).pk, email, as_json=as_json, later=False)


@click.command(epilog="\b\nExample:\n  schoolward funding show 3")
@click.argument("scenario", type=int)
@as_json_option
@click.pass_context
def show(ctx: click.Context, scenario: int, as_json: bool) -> None:
    """Show what SCENARIO (its number) pays for, from what, and why each other work is left out."""
    installation.start()
    _show(ctx, scenario_of(scenario), as_json=as_json)


@click.command(epilog="\b\nExample:\n  schoolward funding compare 1")
@click.argument("plan", type=int)
@as_json_option
def compare(plan: int, as_json: bool) -> None:
    """Show the computed scenarios of PLAN (its number) side by side."""
    installation.start()
    from schoolward.domains.funding import queries

    by, row = installation.operator(), plan_of(plan)
    side = queries.compared(row, queries.scenarios(by).filter(plan=row).order_by("pk"))
    write_comparison(side, as_json=as_json)


def _compute_and_show(
    ctx: click.Context, number: int, email: str | None, *, as_json: bool, later: bool
) -> None:
    from schoolward.domains.funding import actions

    if not later:
        with refusals():
            actions.compute(scenario_id=number, by=actor(email), at=installation.moment())
    _show(ctx, scenario_of(number), as_json=as_json)


def _show(ctx: click.Context, scenario: Any, *, as_json: bool) -> None:
    from schoolward.domains.funding.queries import result_of

    result = result_of(installation.operator(), scenario)
    if as_json:
        terminal.write_json(told_of(scenario))
    else:
        write_result(scenario, result)
    if scenario.state == "failed" or (result is not None and not result.is_plan):
        ctx.exit(ExitCode.FOUND_FAULTS)
