"""``schoolward privacy retention``: how long records are kept, holds, and disposing of what is due."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli import retention_rows as rows
from schoolward.cli.in_the_name_of import as_option, json_option, number_argument
from schoolward.cli.outcome import CommandError, ExitCode

_reason = click.option("--reason", required=True, help="Why; it goes on the record.")


@click.group(
    epilog="""\b
Examples:
  schoolward privacy retention due
  schoolward privacy retention set access.Consent protected --years 5 --after closed --rule "Policy 12.3"
  schoolward privacy retention hold person access.Consent:12 --matter 12-7 --reason "A claim is announced"
  schoolward privacy retention propose 1 --as ana@district.example
  schoolward privacy retention review 1 --approve --note "Looked through" --as lee@district.example
  schoolward privacy retention carry-out 1
  schoolward privacy retention certificates --json"""
)
def retention() -> None:
    """Keep records as long as they must be, hold them for litigation, dispose of what is due."""


@retention.command(epilog="\b\nExample:\n  schoolward privacy retention due --json")
@json_option
def due(as_json: bool) -> None:
    """Count what is due in each agency, what of it is held and what is sealed. No record is named."""
    installation.start()
    from schoolward.platform.access.retention.due import due as what_is_due

    found = [
        {
            "schedule": one.schedule.pk,
            "agency": one.agency_id,
            "table": one.schedule.table,
            "class": one.schedule.record_class,
            "due": one.count,
            "held": one.held,
            "sealed": one.sealed,
        }
        for one in what_is_due(installation.operator())
    ]
    _write(found, as_json)


@retention.command(epilog="\b\nExample:\n  schoolward privacy retention schedules --json")
@json_option
def schedules(as_json: bool) -> None:
    """List how long what is kept, by which rule."""
    installation.start()
    from schoolward.platform.access.retention import schedules as scheduling

    _write([rows.schedule(one) for one in scheduling.schedules(installation.operator())], as_json)


@retention.command(
    "set",
    epilog="\b\nExample:\n  schoolward privacy retention set access.Consent protected --years 5"
    ' --after closed --rule "Policy 12.3"',
)
@click.argument("table")
@click.argument("record_class", metavar="CLASS")
@click.option("--years", type=int, required=True, help="How many years it is kept.")
@click.option("--after", required=True, help="closed, turned_18, graduation or end_of_service.")
@click.option("--rule", "citation", required=True, help="The law or policy, with its section.")
@click.option("--confirmed", is_flag=True, help="Counsel has confirmed it against the text.")
@click.option("--from", "valid_from", type=click.DateTime(["%Y-%m-%d"]), help="First day; today if none.")
@json_option
def set_(
    table: str,
    record_class: str,
    years: int,
    after: str,
    citation: str,
    confirmed: bool,
    valid_from: datetime | None,
    as_json: bool,
) -> None:
    """Set for how many years a class of a table is kept after an event."""
    installation.start()
    from django.utils import timezone

    from schoolward.platform.access.retention import schedules as scheduling

    by = installation.operator()
    first: date = valid_from.date() if valid_from else timezone.localdate(by.at)
    rule = scheduling.Rule(table, record_class, after, years, citation, first, confirmed)
    with _refusals():
        _write([rows.schedule(scheduling.set_schedule(rule=rule, by=by, at=by.at))], as_json)


@retention.command(epilog="\b\nExample:\n  schoolward privacy retention holds --json")
@json_option
def holds(as_json: bool) -> None:
    """List what is held for litigation, with what was lifted."""
    installation.start()
    from schoolward.platform.access.retention import holds as holding

    _write([rows.hold(one) for one in holding.holds(installation.operator())], as_json)


@retention.command(
    epilog='\b\nExample:\n  schoolward privacy retention hold table access.Consent --matter "Claim 12-7"'
    ' --reason "A claim is announced"'
)
@click.argument("covers", type=click.Choice(["person", "table", "matter"]))
@click.argument("names", nargs=-1, required=True)
@click.option("--matter", required=True, help="The claim or case by its number. No names.")
@_reason
@json_option
def hold(covers: str, names: tuple[str, ...], matter: str, reason: str, as_json: bool) -> None:
    """Hold the records of a person, a table or a matter, in every agency."""
    installation.start()
    from schoolward.platform.access.retention import holds as holding

    by = installation.operator()
    with _refusals():
        made = holding.place(covers=covers, names=names, matter=matter, reason=reason, by=by, at=by.at)
    _write([rows.hold(made)], as_json)


@retention.command(epilog='\b\nExample:\n  schoolward privacy retention lift 3 --reason "It was settled"')
@number_argument
@_reason
@json_option
def lift(number: int, reason: str, as_json: bool) -> None:
    """End a hold, by its number."""
    installation.start()
    from schoolward.platform.access.retention import holds as holding

    by = installation.operator()
    with _refusals():
        _write([rows.hold(holding.lift(hold_id=number, reason=reason, by=by, at=by.at))], as_json)


@retention.command(epilog="\b\nExample:\n  schoolward privacy retention disposals --json")
@json_option
def disposals(as_json: bool) -> None:
    """List the batches, the newest first."""
    installation.start()
    from schoolward.platform.access.retention import disposals as disposing

    _write([rows.batch(one) for one in disposing.disposals(installation.operator())], as_json)


@retention.command(epilog="\b\nExample:\n  schoolward privacy retention propose 1 --as ana@district.example")
@number_argument
@click.option(
    "--sealed", is_flag=True, help="Those that are sealed: their number is told, and none is shown."
)
@as_option
@json_option
def propose(number: int, sealed: bool, email: str, as_json: bool) -> None:
    """List what is due by the schedule of this number as a batch, in a person's name."""
    installation.start()
    from schoolward.platform.access.retention import disposals as disposing

    by = installation.person(email)
    with _refusals():
        made = disposing.propose(schedule_id=number, sealed=sealed, by=by, at=by.at)
        _write([rows.batch(disposing.disposals(by).get(pk=made.pk))], as_json)


@retention.command(
    epilog='\b\nExample:\n  schoolward privacy retention review 1 --approve --note "Looked through"'
    " --as lee@district.example"
)
@number_argument
@click.option("--approve/--refuse", "approve", required=True, help="The whole batch, or none of it.")
@click.option("--note", required=True, help="What was looked at; it goes on the record.")
@as_option
@json_option
def review(number: int, approve: bool, note: str, email: str, as_json: bool) -> None:
    """Approve or refuse a batch, in the name of another person than who proposed it."""
    installation.start()
    from schoolward.platform.access.retention import disposals as disposing

    by = installation.person(email)
    with _refusals():
        disposing.review(disposal_id=number, approve=approve, note_text=note, by=by, at=by.at)
        _write([rows.batch(disposing.disposals(by).get(pk=number))], as_json)


@retention.command(
    "take-out", epilog='\b\nExample:\n  schoolward privacy retention take-out 7 --reason "Still asked for"'
)
@number_argument
@_reason
@json_option
def take_out(number: int, reason: str, as_json: bool) -> None:
    """Take a row out of its batch; the record stays. The API and the batch's page show its number."""
    installation.start()
    from schoolward.platform.access.retention import disposals as disposing

    by = installation.operator()
    with _refusals():
        row = disposing.take_out(row_id=number, reason=reason, by=by, at=by.at)
        _write([rows.batch(disposing.disposals(by).get(pk=row.disposal_id))], as_json)


@retention.command("carry-out", epilog="\b\nExample:\n  schoolward privacy retention carry-out 1 --json")
@number_argument
@json_option
def carry_out(number: int, as_json: bool) -> None:
    """Delete the records of an approved batch for good. Done twice it does nothing."""
    installation.start()
    from schoolward.platform.access.retention import carrying_out
    from schoolward.platform.access.retention import disposals as disposing

    by = installation.operator()
    with _refusals():
        done = carrying_out.carry_out(disposal_id=number, by=by, at=by.at)
    _write([rows.certificate(disposing.certificates(by).get(pk=done.pk))], as_json)


@retention.command(epilog="\b\nExample:\n  schoolward privacy retention certificates --json")
@json_option
def certificates(as_json: bool) -> None:
    """List what stays of records that were disposed of."""
    installation.start()
    from schoolward.platform.access.retention import disposals as disposing

    _write([rows.certificate(one) for one in disposing.certificates(installation.operator())], as_json)


@contextmanager
def _refusals() -> Iterator[None]:
    """What is refused or not there, as the command says it."""
    from django.core.exceptions import ObjectDoesNotExist

    from schoolward.platform.access.permissions import AccessDenied
    from schoolward.platform.access.refusal import Refusal

    try:
        yield
    except (Refusal, AccessDenied) as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    except ObjectDoesNotExist:
        raise CommandError(
            "There is none of this number; the lists of `schoolward privacy retention` tell which there are.",
            ExitCode.NOT_FOUND,
        ) from None


def _write(found: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        terminal.write_json(found)
    elif found:
        shown = [["" if value is None else value for value in row.values()] for row in found]
        terminal.write_table([name.replace("_", " ").upper() for name in found[0]], shown)
    else:
        click.echo("None.")
