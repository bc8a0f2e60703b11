"""Referrals on the command line: counts, and numbers of those that wait. No name is written here."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.pairs import decide, pairs, undo
from schoolward.cli.performance import performance

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
  schoolward cases center --json
  schoolward cases diversion --from 2011-07-01 --to 2012-06-30
  schoolward import referrals referrals.csv --dry-run
  schoolward import centre-visits visits.csv --dry-run
  schoolward export diversion-cases --out cases.xlsx
  schoolward measure cases.contacted --from 2012-07-01 --to 2012-09-06"""
)
def cases() -> None:
    """Count referrals, visits and diversions, list what waits, and say who is who. Names stand on the pages.

    Tables: referrals, attendance, centre-visits, centre-follow-ups, truancy-notices, diversion-cases and
    diversion-proofs go through `schoolward import` and, but for days of school, `export`.
    """


for _command in (pairs, decide, undo, performance):
    cases.add_command(_command)


@cases.command(epilog="\b\nExample:\n  schoolward cases counts --json")
@_json
def counts(as_json: bool) -> None:
    """Count referrals by where they stand. A count of fewer than eleven is written as "under 11"."""
    installation.start()
    from schoolward.domains.cases import queries
    from schoolward.domains.cases.states import State
    from schoolward.platform.access.wall import within
    from schoolward.platform.measures.registry import FEWEST_STUDENTS

    by = installation.operator()
    with within(by):
        found = Counter(queries.referrals(by).values_list("state", flat=True))
    few = f"under {FEWEST_STUDENTS}"
    told = {str(state): few if 0 < found[state] < FEWEST_STUDENTS else found[state] for state in State}
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
    """Count what is due about seats, months of tracking, hours of service and completed diversions.

    Nobody is named.
    """
    installation.start()
    from schoolward.domains.cases.queries import academies, diversion, outreach, seats

    by, day = installation.operator(), as_of.date() if as_of is not None else installation.today()
    told = {
        "calls_about_seats": len(seats.due_duties(by, day)),
        "months_missing": sum(len(row.months) for row in outreach.overdue(by, day)),
        "hours_to_approve": len(academies.to_approve(by)),
        "steps_after_diversion": len(diversion.duties(by, day)),
        "diversions_due": len(diversion.due(by, day)),
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


@cases.command(
    epilog="\b\nExamples:\n  schoolward cases center\n  schoolward cases center --as-of 2012-09-06 --json"
)
@click.option("--as-of", type=_DAY, help="List the looks due by this day (default: today).")
@_json
def center(as_of: datetime | None, as_json: bool) -> None:
    """Say how many are at the attendance center, and which looks at attendance are due, by visit."""
    installation.start()
    from schoolward.domains.cases.queries.centre import waits

    day = as_of.date() if as_of is not None else installation.today()
    found = waits(installation.operator(), installation.moment(), day)
    rows = [{"visit": visit, "days": days, "due_on": due_on} for visit, days, due_on in found.looks]
    if as_json:
        terminal.write_json({"on_the_way": found.on_the_way, "here": found.here, "looks": rows})
        return
    click.echo(f"On the way: {found.on_the_way}. Here: {found.here}.")
    if not rows:
        click.echo("No look at attendance is due.")
        return
    terminal.write_table(
        ("VISIT", "AFTER", "DUE"), [(row["visit"], f"{row['days']} days", row["due_on"]) for row in rows]
    )


@cases.command(
    epilog="\b\nExamples:\n  schoolward cases diversion\n"
    "  schoolward cases diversion --from 2011-07-01 --to 2012-06-30 --json"
)
@click.option("--from", "first", type=_DAY, help="First day, a July 1 (default: of the last school year).")
@click.option("--to", "last", type=_DAY, help="Last day (default: of this school year).")
@_json
def diversion(first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """Say how many were eligible, offered, signed and completed, by group and by the quarter of the decision.

    Counts of fewer than eleven, and what would give them away, are left out. The table stands as of the
    end of a month, and is given anew where each of its counts has changed by nothing or by at least eleven.
    Exits with 2 where the first day lies after the last, or is no first of July.
    """
    installation.start()
    from schoolward.analysis.school_days import school_year
    from schoolward.domains.cases.not_kept import NOT_KEPT
    from schoolward.domains.cases.queries.diversion_by_group import BEGINS, by_group

    begins, ends = school_year(installation.today())
    start = first.date() if first is not None else begins.replace(year=begins.year - 1)
    end = last.date() if last is not None else ends
    if start > end:
        raise click.UsageError(f"--from {start} lies after --to {end}; exchange them.")
    if (start.month, start.day) != BEGINS:
        raise click.UsageError(
            f"--from {start} is no first of July: two windows that differ by a day would tell of one child. "
            f"Write {begins.replace(year=start.year)}."
        )
    found = by_group(installation.operator(), start, end, on=installation.today())
    rows: list[dict[str, Any]] = [
        {
            "stage": row.stage.key,
            "group": row.group,
            "count": row.count,
            "of": row.base,
            "rate": row.rate,
            "low": row.interval.low if row.interval else None,
            "high": row.interval.high if row.interval else None,
            "ratio": row.ratio.value if row.ratio else None,
            "ratio_to_others": row.against_others.value if row.against_others else None,
        }
        for row in (found.table.rows if found.table else ())
    ]
    reasons: list[dict[str, Any]] = [{"reason": reason, "count": number} for reason, number in found.reasons]
    if as_json:
        terminal.write_json(
            {
                "from": start,
                "to": end,
                "until": found.until,
                "stages": rows,
                "not_offered": reasons,
                "not_kept": {one.key: str(one.why) for one in NOT_KEPT},
            }
        )
        return
    if not rows:
        click.echo("No case was decided in the time, or none that others could be held against.")
        return
    click.echo(f"As of {found.until}.")
    terminal.write_table(
        ("STAGE", "GROUP", "COUNT", "OF", "RATE", "RATIO", "TO OTHERS"),
        [
            (
                row["stage"],
                row["group"],
                _shown(row["count"]),
                _shown(row["of"]),
                "" if row["rate"] is None else f"{row['rate']:.0%}",
                "" if row["ratio"] is None else f"{row['ratio']:.2f}",
                "" if row["ratio_to_others"] is None else f"{row['ratio_to_others']:.2f}",
            )
            for row in rows
        ],
    )
    for one in reasons:
        click.echo(f"not offered, {one['reason']}: {_shown(one['count'])}")
    for group in NOT_KEPT:
        click.echo(f"not kept, {group.title}: {group.why}")


def _shown(number: int | None) -> str:
    return "hidden" if number is None else str(number)
