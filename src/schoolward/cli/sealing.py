"""``schoolward privacy seals``: orders to seal, carrying them out, and lifting a seal. Two persons stand
behind a seal that comes off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.in_the_name_of import as_option, json_option, number_argument
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.platform.access.models import Sealing

_reason = click.option("--reason", required=True, help="Why; it goes on the record. No names.")


@click.group(
    epilog="""\b
Examples:
  schoolward privacy seals list
  schoolward privacy seals order cases.Youth:482915038471 --ground wic_827_95 --due 2012-10-01 \\
      --reason "Diversion completed" --as ana@district.example
  schoolward privacy seals seal 12 --as ana@district.example
  schoolward privacy seals lift 12 --reason "The wrong record" --as lee@district.example"""
)
def seals() -> None:
    """Order that records be sealed, seal them, and lift a seal that somebody else has set."""


@seals.command("list", epilog="\b\nExample:\n  schoolward privacy seals list --json")
@click.option("--in-force", is_flag=True, help="Only the seals in force, the newest first.")
@json_option
def list_(in_force: bool, as_json: bool) -> None:
    """List orders to seal by their day. Of a sealed record only the order's number is told."""
    installation.start()
    from schoolward.platform.access import sealing

    by = installation.operator()
    rows = [_row(one) for one in (sealing.liftable(by) if in_force else sealing.sealings(by))]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No seal is in force." if in_force else "No record is or was to be sealed.")
        return
    terminal.write_table(
        ("NO.", "GROUND", "DUE", "SEALED", "WITH IT", "LIFTED", "RECORD"),
        [
            (
                row["id"],
                row["ground"],
                row["due_on"],
                _day(row["sealed_at"]),
                row["with_it"],
                _day(row["lifted_at"]),
                row.get("record", ""),
            )
            for row in rows
        ],
    )


@seals.command(
    epilog="\b\nExample:\n  schoolward privacy seals order access.Consent:12 --ground court_order"
    ' --due 2012-10-01 --reason "Order of the court" --as ana@district.example'
)
@click.argument("record")
@click.option("--ground", required=True, help="By what law or order; the error names those there are.")
@click.option(
    "--due", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day by which it is sealed."
)
@_reason
@as_option
@json_option
def order(record: str, ground: str, due: datetime, reason: str, email: str, as_json: bool) -> None:
    """Order that RECORD (app.Model:number) be sealed by a day. It is still there until it is sealed.

    The person acts for the purpose of keeping the records.
    """
    installation.start()
    from dataclasses import replace

    from schoolward.platform.access import sealing
    from schoolward.platform.access.models.sealings import Ground
    from schoolward.platform.access.purposes import Purpose

    by = replace(installation.person(email), purpose=Purpose.RECORDS)
    if ground not in Ground.values:
        raise click.UsageError(f"--ground {ground} is none; write one of: {', '.join(Ground.values)}.")
    with _told_plainly(0):
        made = sealing.order(
            record_name=record, ground=ground, reason=reason, due_on=due.date(), by=by, at=by.at
        )
        others = sealing.still_open(made, by)
    if as_json:
        terminal.write_json({**_row(made), "may_be_same": others})
        return
    click.echo(f"Ordered: order no. {made.pk}, due on {made.due_on}.")
    if others:
        click.echo(f"No order seals what may be of the same person: {', '.join(others)}.")
        click.echo(f"`schoolward privacy seals covers {made.pk}` tells more.")


@seals.command(epilog="\b\nExample:\n  schoolward privacy seals covers 12 --as ana@district.example")
@number_argument
@as_option
@json_option
def covers(number: int, email: str, as_json: bool) -> None:
    """Tell before sealing what an order covers, and which records look alike and are not covered.

    Records that are of one person are put together on the page "Who is who" first; else each is ordered.
    """
    installation.start()
    from dataclasses import asdict, replace

    from schoolward.platform.access.purposes import Purpose
    from schoolward.platform.access.seal_coverage import coverage

    by = replace(installation.person(email), purpose=Purpose.RECORDS)
    with _told_plainly(number):
        found = coverage(sealing_id=number, by=by)
    if found is None:
        raise CommandError("It is sealed already, and what it sealed is not told.", ExitCode.REFUSED)
    if as_json:
        told = asdict(found)
        del told["put_together_at"]
        terminal.write_json(told)
        return
    click.echo(f"Sealed by order no. {number}: {found.record}")
    for table, rows in found.with_it.items():
        click.echo(f"  {table}: {rows}")
    if found.elsewhere:
        click.echo(f"  records of other agencies about this person: {found.elsewhere}")
    for name in found.alike:
        click.echo(f"Not sealed, may be the same person: {name}")
    if found.alike:
        click.echo("Where they are one, have them put together first (/cases/who-is-who/); else order each.")


@seals.command(epilog="\b\nExample:\n  schoolward privacy seals seal 12 --as ana@district.example")
@number_argument
@as_option
@json_option
def seal(number: int, email: str, as_json: bool) -> None:
    """Carry an order out: the record, and all that hangs on it, is nowhere from then on."""
    installation.start()
    from schoolward.platform.access import sealing

    by = installation.person(email)
    _done(lambda: sealing.seal(sealing_id=number, by=by, at=by.at), as_json, "Sealed", number)


@seals.command(
    epilog="\b\nExample:\n"
    '  schoolward privacy seals lift 12 --reason "Order set aside" --as lee@district.example'
)
@number_argument
@_reason
@as_option
@json_option
def lift(number: int, reason: str, email: str, as_json: bool) -> None:
    """Lift a seal. Only somebody else than who has sealed may."""
    installation.start()
    from schoolward.platform.access import sealing

    by = installation.person(email)
    _done(lambda: sealing.lift(sealing_id=number, reason=reason, by=by, at=by.at), as_json, "Lifted", number)


def _done(write: Callable[[], Sealing], as_json: bool, said: str, number: int = 0) -> None:
    """Do it and tell how the order stands, or why it was not done."""
    with _told_plainly(number):
        made = write()
    if as_json:
        terminal.write_json(_row(made))
    else:
        click.echo(f"{said}: order no. {made.pk}, due on {made.due_on}.")


@contextmanager
def _told_plainly(number: int) -> Iterator[None]:
    from schoolward.platform.access.models import Sealing
    from schoolward.platform.access.permissions import AccessDenied
    from schoolward.platform.access.refusal import Refusal

    try:
        yield
    except Sealing.DoesNotExist:
        raise CommandError(
            f"There is no such order {number}; `schoolward privacy seals list` lists them.",
            ExitCode.NOT_FOUND,
        ) from None
    except AccessDenied as denied:
        raise CommandError(f"This account may not: {denied}.", ExitCode.REFUSED) from None
    except Refusal as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None


def _row(order: Sealing) -> dict[str, Any]:
    """An order as it may be told: of a sealed record neither which it is nor why."""
    lifting = getattr(order, "lifting", None)
    told = {
        "id": order.pk,
        "ground": order.ground,
        "due_on": order.due_on,
        "sealed_at": order.sealed_at,
        "with_it": order.parts.count(),
        "lifted_at": lifting.at if lifting else None,
    }
    if order.sealed_at and not lifting:
        return told
    return {**told, "record": order.record, "reason": order.reason}


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d}"
