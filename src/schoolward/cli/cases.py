"""Referrals on the command line: counts, and numbers of those that wait. No name is written here."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import click

from schoolward.cli import installation, terminal

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.group(
    epilog="""\b
Examples:
  schoolward cases counts
  schoolward cases waiting --as-of 2012-09-06 --json
  schoolward cases center --json
  schoolward cases diversion --from 2011-07-01 --to 2012-06-30
  schoolward import referrals referrals.csv --dry-run
  schoolward import centre-visits visits.csv --dry-run
  schoolward export diversion-cases --out cases.xlsx
  schoolward measure cases.contacted --from 2012-07-01 --to 2012-09-06"""
)
def cases() -> None:
    """Count referrals, visits and diversions, and list what waits. Names stand on the pages, for a stated
    purpose. Tables: referrals, attendance, centre-visits, centre-follow-ups, truancy-notices,
    diversion-cases and diversion-proofs go through `schoolward import` and, but for days of school, `export`.
    """


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
@click.option("--from", "first", type=_DAY, help="First day (default: of the school year before this one).")
@click.option("--to", "last", type=_DAY, help="Last day (default: of this school year).")
@_json
def diversion(first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """Say how many were eligible, offered, signed and completed, by group and by the quarter of the decision.

    Counts of fewer than eleven, and what would give them away, are left out. Exits with 2 where the first
    day lies after the last.
    """
    installation.start()
    from schoolward.analysis.school_days import school_year
    from schoolward.domains.cases.queries.diversion import by_group

    begins, ends = school_year(installation.today())
    start = first.date() if first is not None else begins.replace(year=begins.year - 1)
    end = last.date() if last is not None else ends
    if start > end:
        raise click.UsageError(f"--from {start} lies after --to {end}; exchange them.")
    found = by_group(installation.operator(), start, end)
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
        }
        for row in (found.table.rows if found.table else ())
    ]
    reasons: list[dict[str, Any]] = [{"reason": reason, "count": number} for reason, number in found.reasons]
    if as_json:
        terminal.write_json({"from": start, "to": end, "stages": rows, "not_offered": reasons})
        return
    if not rows:
        click.echo("No case was decided in the time, or none that others could be held against.")
        return
    terminal.write_table(
        ("STAGE", "GROUP", "COUNT", "OF", "RATE", "RATIO"),
        [
            (
                row["stage"],
                row["group"],
                _shown(row["count"]),
                _shown(row["of"]),
                "" if row["rate"] is None else f"{row['rate']:.0%}",
                "" if row["ratio"] is None else f"{row['ratio']:.2f}",
            )
            for row in rows
        ],
    )
    for one in reasons:
        click.echo(f"not offered, {one['reason']}: {_shown(one['count'])}")


@cases.command(
    epilog="\b\nExamples:\n  schoolward cases performance\n"
    "  schoolward cases performance --half 2012-01-01 --json"
)
@click.option("--half", type=_DAY, help="A day of the half-year (default: today).")
@_json
def performance(half: datetime | None, as_json: bool) -> None:
    """Write what grants ask of programs, by half a year: youth served, exits, completion, hours, follow-ups.

    Counts of 1 to 10 are hidden, with what would give them away; what nobody collects is said to be so.
    """
    installation.start()
    from schoolward.domains.cases.queries import performance as queries

    day = installation.today()
    found = queries.performance(installation.operator(), half.date() if half is not None else day, day)
    if as_json:
        names = ("program", "title", "measure", "definition", "unit", "value", "of", "held_against")
        lines = [
            {
                **{name: getattr(line, name) for name in names},
                "hidden": line.is_hidden,
                "collected": line.is_collected,
            }
            for line in found.lines
        ]
        terminal.write_json({"from": found.first, "to": found.last, "lines": lines})
        return
    terminal.write_table(
        ("PROGRAM", "MEASURE", "VALUE", "OF"),
        [
            (line.title, line.measure, _value(line), "" if line.of is None else line.of)
            for line in found.lines
        ],
    )


def _value(line: Any) -> str:
    if line.value is None:
        return "hidden" if line.is_hidden else "not collected"
    return f"{line.value:.1f} {line.unit}" if line.value % 1 else f"{line.value:.0f} {line.unit}"


def _shown(number: int | None) -> str:
    return "hidden" if number is None else str(number)
