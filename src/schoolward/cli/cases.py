"""Referrals on the command line: counts, and numbers of those that wait. No name is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.group(
    epilog="""\b
Examples:
  schoolward cases counts
  schoolward cases waiting --as-of 2012-09-06 --json
  schoolward cases due --as-of 2012-09-06
  schoolward cases classes
  schoolward cases pairs --find
  schoolward cases decide 12 not_same --reason "Twins: two numbers"
  schoolward import referrals referrals.csv --dry-run
  schoolward measure cases.contacted --from 2012-07-01 --to 2012-09-06"""
)
def cases() -> None:
    """Count referrals, list those that wait, and say who is who. Names stand on the pages alone."""


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


@cases.command(epilog="\b\nExamples:\n  schoolward cases pairs --json\n  schoolward cases pairs --find")
@click.option("--find", is_flag=True, help="Look for pairs first, as the job of every night does.")
@_json
def pairs(find: bool, as_json: bool) -> None:
    """List pairs of records that may be of one young person, by number. None is put together by itself."""
    installation.start()
    from schoolward.domains.cases import actions
    from schoolward.domains.cases.queries import identity
    from schoolward.platform.access.wall import within

    by, day = installation.operator(), installation.today()
    if find:
        actions.find_pairs(on=day, by=by, at=by.at)
    with within(by):
        rows = [
            {
                "pair": one.pk,
                "youth": one.youth_id,
                "other": one.other_id,
                "found_on": one.found_on,
                "why": one.why,
                "facts": one.facts,
            }
            for one in identity.to_decide(by, on=day)
        ]
    if as_json:
        terminal.write_json(rows)
    elif not rows:
        click.echo("No pair waits for a decision.")
    else:
        told = [(row["pair"], row["youth"], row["other"], row["why"]) for row in rows]
        terminal.write_table(("NO.", "RECORD", "RECORD", "WHY"), told)


_pair = click.argument("number", type=click.IntRange(min=1, max=2**63 - 1))
_reason = click.option("--reason", required=True, help="Why; it goes on the record. No names.")


@cases.command(
    epilog="""\b
Examples:
  schoolward cases decide 12 same --reason "One birth certificate" --keep 482915038471
  schoolward cases decide 12 later --again-on 2012-10-01 --reason "The school is asked"
"""
)
@_pair
@click.argument("decision", type=click.Choice(["same", "not_same", "later"]))
@click.option(
    "--keep", type=click.IntRange(min=1, max=2**63 - 1), help="Which record stays (default: the older)."
)
@click.option("--again-on", type=_DAY, help="With “later”: the day on which it is asked again.")
@_reason
@_json
def decide(
    number: int, decision: str, keep: int | None, again_on: datetime | None, reason: str, as_json: bool
) -> None:
    """Say whether a pair is one young person. "same" puts two records of one agency together."""
    installation.start()
    from schoolward.domains.cases import actions

    by = installation.operator()
    _done(
        lambda: actions.decide_pair(
            pair_id=number,
            decision=decision,
            reason=reason,
            keep=keep,
            again_on=again_on.date() if again_on else None,
            by=by,
            at=by.at,
        ),
        number,
        as_json,
    )


@cases.command(epilog='\b\nExample:\n  schoolward cases undo 12 --reason "They were twins"')
@_pair
@_reason
@_json
def undo(number: int, reason: str, as_json: bool) -> None:
    """Take the decision about a pair back: what went over returns to the record that it came from."""
    installation.start()
    from schoolward.domains.cases import actions

    by = installation.operator()
    _done(lambda: actions.undo_pair(pair_id=number, reason=reason, by=by, at=by.at), number, as_json)


def _done(write: Callable[[], Any], number: int, as_json: bool) -> None:
    """Do it and tell how the pair stands, or why it was not done."""
    from schoolward.domains.cases.actions import NotTheirs
    from schoolward.platform.access.refusal import Refusal

    try:
        pair = write()
    except NotTheirs:
        raise CommandError(
            f"There is no pair {number}; `schoolward cases pairs` lists them.", ExitCode.NOT_FOUND
        ) from None
    except Refusal as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    moved = len(pair.merging.moved) if pair.merging else 0
    if as_json:
        terminal.write_json({"pair": number, "decision": pair.decision, "moved": moved})
    else:
        click.echo(f"Pair {number}: {pair.get_decision_display()}, {moved} rows went over.")
