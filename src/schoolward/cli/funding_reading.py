"""What is left, what could be bought, and what is set aside, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import as_json_option, scenario_of
from schoolward.cli.outcome import CommandError, ExitCode


@click.command(epilog="\b\nExample:\n  schoolward funding funds --json")
@as_json_option
def funds(as_json: bool) -> None:
    """List the budget lines of the awards under way, with what a plan may use of each, or why nothing."""
    installation.start()
    from schoolward.domains.funding.api.shapes import FundOut
    from schoolward.domains.funding.queries import funds_now
    from schoolward.domains.grants.wording import dollars

    rows = [FundOut.of(one) for one in funds_now(installation.operator(), on=installation.today()).funds]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No award is under way. Bring awards in: schoolward import awards FILE.")
        return
    terminal.write_table(
        ("fund", "category", "ends", "left", "allocated", "a plan may use", ""),
        [
            (
                row["key"],
                row["category"],
                row["ends"],
                dollars(row["budgeted"] - row["expended"] - row["obligated"]),
                dollars(row["allocated"]),
                dollars(row["amount"]) if row["takes_part"] else "-",
                row["why_not"],
            )
            for row in rows
        ],
    )


@click.command(epilog="\b\nExample:\n  schoolward funding candidates --json")
@as_json_option
def candidates(as_json: bool) -> None:
    """List accepted works without money: those that a plan may choose, and why others are none."""
    installation.start()
    from schoolward.domains.funding.api.shapes import AsideOut, CandidateOut
    from schoolward.domains.funding.queries import candidates_now
    from schoolward.domains.grants.wording import dollars

    found = candidates_now(installation.operator(), on=installation.today())
    ready, aside = [CandidateOut.of(one) for one in found.ready], [AsideOut.of(one) for one in found.aside]
    if as_json:
        terminal.write_json(
            {
                "ready": [CandidateOut.model_validate(row).model_dump(mode="json") for row in ready],
                "aside": aside,
            }
        )
        return
    terminal.write_table(
        ("work", "site", "category", "cost", "days", "points", "title"),
        [
            (
                row["reference"],
                row["site"],
                row["category"],
                dollars(row["cost_cents"]),
                row["lead_days"],
                terminal.shown_number(row["benefit"]),
                row["title"],
            )
            for row in ready
        ],
    )
    for row in aside:
        click.echo(f"{row['reference']} {row['title']}: {row['told']}")


@click.command(
    epilog="\b\nExamples:\n  schoolward funding instance | schoolward plan funding --instance -\n"
    "  schoolward funding instance --scenario 3 --out scenario-3.json"
)
@click.option("--scenario", type=int, help="Of this scenario with its demands, instead of today's.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def instance(scenario: int | None, out: Path | None) -> None:
    """Write the instance that `schoolward plan funding` reads (docs/reference/funding-plan.md).

    Today's has as much match money as it takes, and no demands beyond those of awards and works.
    """
    installation.start()
    from schoolward.analysis.portfolio import as_json
    from schoolward.domains.funding.queries import instance_of, snapshot_now

    if scenario is not None:
        told = instance_of(scenario_of(scenario))
    else:
        told = snapshot_now(installation.operator(), on=installation.today()).instance
    text = json.dumps(as_json(told), ensure_ascii=False, indent=2)
    if out is None:
        click.echo(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}", ExitCode.REFUSED) from None
    terminal.say(f"The instance is written to {out}.")


@click.command(epilog="\b\nExample:\n  schoolward funding allocations --all --json")
@click.option("--all", "is_all", is_flag=True, help="Also what is bound by now, or withdrawn.")
@as_json_option
def allocations(is_all: bool, as_json: bool) -> None:
    """List money that approved plans set aside for works, and the transfers that they count on."""
    installation.start()
    from schoolward.domains.funding.api.shapes import AllocationOut, NeedOut
    from schoolward.domains.funding.queries import allocations_now, needs_now
    from schoolward.domains.grants.wording import dollars

    by = installation.operator()
    rows = [AllocationOut.of(one) for one in allocations_now(by) if is_all or one.is_open]
    needs = [NeedOut.of(one) for one in needs_now(by) if is_all or one.open]
    if as_json:
        terminal.write_json({"allocations": rows, "transfers": needs})
        return
    if not rows:
        click.echo("No money is set aside. `schoolward funding approve` sets aside what a scenario pays.")
    else:
        terminal.write_table(
            ("number", "work", "fund", "set aside", "bound", "open", "withdrawn"),
            [
                (
                    row["id"],
                    row["work"],
                    row["fund"],
                    dollars(row["amount_cents"]),
                    dollars(row["bound_cents"]),
                    dollars(row["open_cents"]),
                    row["withdrawn_on"] or "",
                )
                for row in rows
            ],
        )
    for need in needs:
        click.echo(
            f"To be asked for: {dollars(need['open_cents'])} of {need['award']} from line "
            f"{need['from_line']} to line {need['to_line']}."
        )
