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
    """List the numbers of open referrals whose next step is past its day, those that wait longest first.

    With them, those whose family has to be asked again because its yes was taken back or has run out.
    """
    installation.start()
    from schoolward.domains.cases import queries
    from schoolward.platform.access.wall import within

    by, day = installation.operator(), as_of.date() if as_of is not None else installation.today()
    with within(by):
        rows = [
            {"referral": one.pk, "state": one.state, "due_on": one.due_on, "waits_for": waits_for}
            for waits_for, chosen in (("next step", queries.stalled), ("family's yes", queries.without_yes))
            for one in chosen(queries.referrals(by), on=day)
        ]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No referral is past its day, and no family has to be asked again.")
        return
    terminal.write_table(
        ("NO.", "STATE", "DUE", "WAITS FOR"),
        [(row["referral"], row["state"], row["due_on"] or "", row["waits_for"]) for row in rows],
    )
