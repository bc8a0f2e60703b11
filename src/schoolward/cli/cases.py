"""Referrals on the command line: counts, and numbers of those that wait. No name is written here."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import click

from schoolward.cli import installation, terminal

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.group(
    epilog="""\b
Examples:
  schoolward cases counts
  schoolward cases waiting --as-of 2012-09-06 --json
  schoolward cases due --as-of 2012-09-06
  schoolward cases classes
  schoolward import referrals referrals.csv --dry-run
  schoolward measure cases.contacted --from 2012-07-01 --to 2012-09-06"""
)
def cases() -> None:
    """Count referrals by state, and list those that wait. Names stand on the pages, for a stated purpose."""


@cases.command(epilog="\b\nExample:\n  schoolward cases counts --json")
@_json
def counts(as_json: bool) -> None:
    """Count referrals by where they stand. A count of fewer than eleven is written as "under 11"."""
    installation.start()
    from schoolward.domains.cases import queries
    from schoolward.domains.cases.states import State
    from schoolward.platform.access.wall import within

    by = installation.operator()
    with within(by):
        found = Counter(queries.referrals(by).values_list("state", flat=True))
    told = {str(state): found[state] if not 0 < found[state] < 11 else "under 11" for state in State}
    if as_json:
        terminal.write_json(told)
        return
    for state, number in told.items():
        click.echo(f"{state}: {number}")


@cases.command(epilog="\b\nExample:\n  schoolward cases waiting --as-of 2012-09-06")
@click.option("--as-of", type=_DAY, help="The day to judge at (default: today).")
@_json
def waiting(as_of: datetime | None, as_json: bool) -> None:
    """List the numbers of open referrals whose next step is past its day, those that wait longest first."""
    installation.start()
    from schoolward.domains.cases import queries
    from schoolward.platform.access.wall import within

    by, day = installation.operator(), as_of.date() if as_of is not None else installation.today()
    with within(by):
        rows = [
            {"referral": one.pk, "state": one.state, "due_on": one.due_on}
            for one in queries.stalled(queries.referrals(by), on=day)
        ]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No referral is past its day.")
        return
    terminal.write_table(
        ("NO.", "STATE", "DUE"), [(row["referral"], row["state"], row["due_on"]) for row in rows]
    )


@cases.command(epilog="\b\nExample:\n  schoolward cases due --as-of 2012-09-06 --json")
@click.option("--as-of", type=_DAY, help="The day to judge at (default: today).")
@_json
def due(as_of: datetime | None, as_json: bool) -> None:
    """Count what is due about seats, months of tracking and hours of service. Nobody is named."""
    installation.start()
    from schoolward.domains.cases.queries import academies, outreach, seats

    by, day = installation.operator(), as_of.date() if as_of is not None else installation.today()
    told = {
        "calls_about_seats": len(seats.due_duties(by, day)),
        "months_missing": sum(len(row.months) for row in outreach.overdue(by, day)),
        "hours_to_approve": len(academies.to_approve(by)),
    }
    if as_json:
        terminal.write_json(told)
        return
    for name, number in told.items():
        click.echo(f"{name.replace('_', ' ')}: {number}")


@cases.command(epilog="\b\nExample:\n  schoolward cases classes --json")
@click.option("--as-of", type=_DAY, help="The day to judge at (default: today).")
@_json
def classes(as_of: datetime | None, as_json: bool) -> None:
    """List class days that a parent comes to, with seats that are free, confirmed and waited for."""
    installation.start()
    from schoolward.domains.cases.queries import seats

    by, day = installation.operator(), as_of.date() if as_of is not None else installation.today()
    rows = [
        {
            "class": row.offering.reference,
            "on": row.offering.starts_on,
            "seats": row.offering.seats,
            "free": row.free,
            "confirmed": row.confirmed,
            "waiting": row.waiting,
        }
        for row in seats.class_days(by, day)
    ]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No class is ahead, and none was in the last two months.")
        return
    terminal.write_table(
        ("CLASS", "DAY", "SEATS", "FREE", "CONFIRMED", "WAITING"),
        [tuple("-" if value is None else value for value in row.values()) for row in rows],
    )
