"""``schoolward alarms rates`` and ``fee-events``: our own cases counted, and handed to the fee engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.domains.alarms.queries.reduction import Reduction

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog="""\b
Examples:
  schoolward alarms rates
  schoolward alarms rates --from 2011-09-01 --to 2012-08-31 --site oak-ridge-elementary --json"""
)
@click.option("--from", "start", type=DAY, help="First day (default: a year before --to).")
@click.option("--to", "end", type=DAY, help="Last day, itself included (default: today).")
@click.option("--site", help="One site, by its short name or the CDS code of a school there.")
@click.option("--json", "as_json", is_flag=True, help="Write everything as JSON.")
def rates(start: datetime | None, end: datetime | None, site: str | None, as_json: bool) -> None:
    """Say how often alarms were false: rates with 95 % intervals, causes, worst zones.

    Exits with 4 for a site that is not known.
    """
    installation.start()
    from schoolward.domains.alarms.queries.reduction import reduction, reduction_json
    from schoolward.domains.places.queries import campus_by_slug, campus_for_cds
    from schoolward.platform.demo import clock

    by = installation.operator()
    campus = None
    if site:
        campus = campus_by_slug(site) or (campus_for_cds(site) if site.isdigit() else None)
        if campus is None:
            raise CommandError(f"there is no site {site!r}", ExitCode.NOT_FOUND)
    last = end.date() if end else clock.today(by.at)
    first = start.date() if start else last - timedelta(days=365)
    if first > last:
        raise CommandError(f"--from {first} lies after --to {last}", ExitCode.REFUSED)
    found = reduction(by, first, last, now=clock.now(by.at), campus_id=None if campus is None else campus.pk)
    if as_json:
        terminal.write_json(reduction_json(found))
    else:
        _write(found)


def _write(found: Reduction) -> None:
    from schoolward.analysis.shares import percent

    if not found.is_collected:
        click.echo("Not collected: no panel has reported yet.")
        return
    counted = found.tally
    invented = " (invented)" if found.is_generated else ""
    click.echo(
        f"{found.first} to {found.last}{invented}: {counted.activations:,} activations, {counted.false:,} "
        f"false, {counted.undisposed:,} not closed, police sent to {counted.dispatched:,}"
    )
    rows = []
    for rate in found.rates.values():
        is_share = rate.key in ("M4", "M6", "M7")
        shown = [
            "-" if value is None else percent(value) if is_share else f"{value:,.2f}"
            for value in (rate.value, rate.low, rate.high)
        ]
        rows.append(
            (_TITLES[rate.key], *shown, f"{rate.numerator:,}", f"{rate.denominator:,.0f} {rate.unit}")
        )
    click.echo()
    terminal.write_table(("rate", "value", "low", "high", "events", "held against"), rows)
    if found.worst:
        click.echo()
        terminal.write_table(
            ("zone", "site", "false", "all"),
            [
                (
                    f"{one.zone.number} {one.zone.title}",
                    one.zone.system.campus.name,
                    f"{one.false:,}",
                    f"{one.activations:,}",
                )
                for one in found.worst
            ],
        )


_TITLES = {
    "M4": "M4 false",
    "M5": "M5 activations per 1,000 armed hours",
    "M6": "M6 police sent to",
    "M7": "M7 verified before police were sent",
    "dispatches_per_system_year": "police sent per system and year",
}


@click.command(
    "fee-events",
    epilog="""\b
Example:
  schoolward alarms fee-events > events.csv
  schoolward export alarm-permits > permits.csv
  schoolward alarms fees --rules model-2003.json --events events.csv --permits permits.csv""",
)
def fee_events() -> None:
    """Write our own cases as the CSV that `alarms fees --events` reads."""
    installation.start()
    from django.db import transaction

    from schoolward.analysis.alarm_fees import EVENT_COLUMNS
    from schoolward.domains.alarms.queries.fees import fee_events as events
    from schoolward.platform.audit.actions import record
    from schoolward.platform.exchange.writers import write_csv

    by = installation.operator()
    with transaction.atomic():
        record("alarms.fee_events_exported", by=by, at=by.at, subject="alarms.Case")

    def rows() -> Iterator[Sequence[object]]:
        for event in events(by):
            yield [
                event.event,
                event.time.isoformat(),
                event.system,
                event.type,
                event.disposition,
                "yes" if event.dispatched else "no",
                event.cancelled,
                event.weather,
                event.cause,
                event.reset_at,
                event.notified_on,
            ]

    with click.open_file("-", "wb") as stream:
        for piece in write_csv([column.name for column in EVENT_COLUMNS], rows()):
            stream.write(piece)
