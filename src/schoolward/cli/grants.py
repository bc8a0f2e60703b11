"""Grants on the command line: how awards stand, the proof of their sums, deadlines and audit packs."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import (
    grants_applications,
    grants_changing,
    grants_deciding,
    grants_posts,
    installation,
    terminal,
)
from schoolward.cli.grants_finding import award_of as _award
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.domains.grants.queries import Standing

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_as_of = click.option("--as-of", type=_DAY, help="The day to judge at (default: today).")
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.group(
    epilog="""\b
Examples:
  schoolward grants list
  schoolward grants report lifeline-mentoring --until 2012-06-30
  schoolward grants pack lifeline-mentoring --as-of 2012-09-06 --out pack/
  schoolward grants calendar > grants.ics
  schoolward grants rules lifeline-mentoring
  schoolward grants change-funding 12 --part 1/3
  schoolward grants applications --help
  schoolward grants transfer lifeline-mentoring P S 1200 --reason "Posts filled late"
  schoolward grants sent 31 --on 2012-07-29
  schoolward grants check
  schoolward import general-ledger ledger.csv --dry-run"""
)
def grants() -> None:
    """Say how awards stand; prove their ledgers."""


for _command in (
    grants_posts.posts,
    grants_posts.change_post,
    grants_posts.change_funding,
    grants_deciding.rules,
    grants_deciding.reopen,
    grants_deciding.decide,
    grants_deciding.correct_budget,
    grants_deciding.feeds,
    grants_deciding.make_feed,
    grants_deciding.revoke_feed,
    grants_applications.applications,
    grants_changing.amend,
    grants_changing.transfer,
    grants_changing.take_back,
    grants_changing.reports,
    grants_changing.sent,
    grants_changing.not_sent,
):
    grants.add_command(_command)


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of is not None else installation.today()


@grants.command(name="list", epilog="\b\nExample:\n  schoolward grants list --as-of 2012-06-30 --json")
@_as_of
@_json
def list_awards(as_of: datetime | None, as_json: bool) -> None:
    """List awards: what is spent, obligated and left, and what will lapse at the present pace."""
    installation.start()
    from schoolward.domains.grants import queries
    from schoolward.domains.grants.wording import dollars

    by = installation.operator()
    rows = [_told(stood) for stood in queries.standings(queries.awards(by), on=_day(as_of))]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No award is entered. Bring awards in: schoolward import awards FILE.")
    for row in rows:
        lapse = "" if row["lapse"] is None else f", {dollars(row['lapse']['expected'])} will lapse"
        click.echo(
            f"{row['key']}: ends {row['end']}, {dollars(row['spent'])} of {dollars(row['amount'])} spent, "
            f"{dollars(row['unliquidated'])} obligated{lapse}"
        )


def _told(stood: Standing) -> dict[str, Any]:
    """An award in cents, in the shape that scripts rely on."""
    lapse = stood.lapse
    return {
        "key": stood.award.key,
        "title": stood.award.title,
        "start": stood.award.start.isoformat(),
        "end": stood.award.end.isoformat(),
        "amount": stood.award.amount_cents,
        "budgeted": stood.balances.budgeted,
        "spent": stood.balances.expended,
        "unliquidated": stood.balances.unliquidated,
        "drawn": stood.balances.drawn,
        "matched": stood.balances.matched,
        "lapse": None
        if lapse is None
        else {"days_left": lapse.days_left, "expected": lapse.expected, "low": lapse.low, "high": lapse.high},
    }


@grants.command(
    name="report", epilog="\b\nExample:\n  schoolward grants report lifeline-mentoring --until 2012-06-30"
)
@click.argument("award")
@click.option("--until", type=_DAY, required=True, help="Cumulative to the end of this day.")
@_json
def financial_report(award: str, until: datetime, as_json: bool) -> None:
    """The figures of AWARD's financial report (SF-425), cumulative to a day."""
    installation.start()
    from schoolward.domains.grants import queries
    from schoolward.domains.grants.wording import dollars

    lines = queries.financial_report(_award(award), until=until.date())
    if as_json:
        terminal.write_json([{"code": line.code, "title": line.title, "cents": line.cents} for line in lines])
        return
    for line in lines:
        click.echo(f"{line.code}  {line.title:<44} {dollars(line.cents):>18}")


@grants.command(epilog="\b\nExample:\n  schoolward grants pack lifeline-mentoring --out pack/")
@click.argument("award")
@_as_of
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder.")
@_json
def pack(award: str, as_of: datetime | None, out: Path, as_json: bool) -> None:
    """Write AWARD's audit pack as PDF, CSV and JSON: every entry to what proves it."""
    installation.start()
    from schoolward.reports.award_pack.pack import pack as composed
    from schoolward.reports.errors import CannotPrint
    from schoolward.reports.sheets.files import MEDIA_TYPES, file_of

    sheet = composed(_award(award), _day(as_of), by=installation.operator())
    try:
        out.mkdir(parents=True, exist_ok=True)
        paths = []
        for kind in MEDIA_TYPES:
            name, content = file_of(sheet, kind)
            (out / name).write_bytes(content)
            paths.append(str(out / name))
    except CannotPrint as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}", ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json({"paths": paths})
        return
    for path in paths:
        click.echo(path)


@grants.command(epilog="\b\nExample:\n  schoolward grants calendar > grants.ics")
def calendar() -> None:
    """Write what is due as a calendar (iCalendar) to standard output."""
    installation.start()
    from django.conf import settings

    from schoolward.domains.grants.calendars import calendar_of

    by = installation.operator()
    made = calendar_of(by, on=installation.today(), at=by.at, root=settings.SITE_URL)
    sys.stdout.buffer.write(made)


@grants.command(epilog="\b\nExample:\n  schoolward grants check --json")
@click.option("--mend", is_flag=True, help="Count the sums that differ anew from the ledgers.")
@_json
@click.pass_context
def check(ctx: click.Context, mend: bool, as_json: bool) -> None:
    """Prove the kept sums against the ledgers, to the cent. Exits with 7 where one differs."""
    installation.start()
    from django.db import transaction

    from schoolward.domains.grants.actions import rebuild_sums
    from schoolward.domains.grants.queries import differences

    found = differences()
    if mend and found:
        with transaction.atomic():
            rebuild_sums()
    if as_json:
        terminal.write_json({"differences": found, "mended": bool(mend and found)})
    elif not found:
        click.echo("Every kept sum is that of its entries, to the cent.")
    else:
        for line in found:
            click.echo(line)
        if mend:
            click.echo("Counted anew.")
    if found and not mend:
        ctx.exit(ExitCode.FOUND_FAULTS)
