"""``schoolward measure`` and ``schoolward trace``: a named number, and the records behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.platform.measures.period import Period, Scope

LIST = "list"
PARTS = ("numerator", "denominator", "outstanding")  # Part, which is not imported to show the help


def question(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which period and which site a measure is asked about."""
    day = click.DateTime(["%Y-%m-%d"])
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Write the result as JSON."),
        click.option(
            "--site", metavar="CDS", help="One site, by the 14-digit code of a school there on that day."
        ),
        click.option(
            "--program", metavar="KEY", help="One youth program, by its key (see `schoolward programs list`)."
        ),
        click.option("--as-of", type=day, help="Judge state on this day (default: --to, or today)."),
        click.option("--to", "end", type=day, help="Last day of the period, itself included."),
        click.option("--from", "start", type=day, help="First day of the period."),
    ):
        command = option(command)
    return command


@click.command(
    epilog="""\b
Examples:
  schoolward measure list
  schoolward measure campuses.operating --as-of 2012-09-06
  schoolward measure incidents.total --from 2006-01-01 --to 2006-01-31 --json
  schoolward measure programs.dosage --from 2011-07-01 --to 2012-06-30 --program spal-rugby"""
)
@click.argument("key")
@question
def measure(
    key: str,
    start: datetime | None,
    end: datetime | None,
    as_of: datetime | None,
    site: str | None,
    program: str | None,
    as_json: bool,
) -> None:
    """Read the measure KEY, or `list` them all."""
    installation.start()
    if key == LIST:
        _list_measures(as_json)
        return
    period, scope = _asked(start, end, as_of, site, program)
    from schoolward.platform.measures.reading import read
    from schoolward.platform.measures.registry import UnknownMeasure

    try:
        reading = read(key, period, scope)
    except UnknownMeasure as error:
        raise _unknown(error) from None
    if as_json:
        terminal.write_json(reading.as_json())
        return
    click.echo(f"{reading.measure.title}: {_in_words(reading)}")
    from schoolward.platform.measures.display import certainty

    if said := certainty(reading):
        click.echo(f"{said}.")
    if reading.note:
        terminal.say(reading.note)


@click.command(
    epilog="""\b
Examples:
  schoolward trace incidents.at_campus --from 2006-01-01 --to 2006-01-31
  schoolward trace campuses.operating --as-of 2012-09-06 --json
  schoolward trace recommendations.completion --part outstanding"""
)
@click.argument("key")
@question
@click.option(
    "--part",
    type=click.Choice(PARTS),
    default=PARTS[0],
    help="Of a share: the records counted, those that they are held against, or those of the latter not "
    "counted.",
)
def trace(
    key: str,
    part: str,
    start: datetime | None,
    end: datetime | None,
    as_of: datetime | None,
    site: str | None,
    program: str | None,
    as_json: bool,
) -> None:
    """List the records behind the measure KEY, one id a line, e.g. `incidents.Incident:42`.

    Where the number is a sum, what a record adds to it stands after its id, behind a tab.
    """
    installation.start()
    period, scope = _asked(start, end, as_of, site, program)
    from schoolward.platform.measures.reading import open_part
    from schoolward.platform.measures.registry import NoSuchPart, Part, UnknownMeasure

    try:
        opened = open_part(key, period, scope, Part(part))
    except (UnknownMeasure, NoSuchPart) as error:
        raise _unknown(error) from None
    reading, records = opened.reading, opened.keys()
    amounts = opened.amounts(installation.operator())
    # A figure that is hidden for being small must not be counted from its records either.
    is_small = opened.is_hidden and reading.collected
    if is_small:
        terminal.say("The figure is too small to be shown, and so are its records.")
    if as_json:
        terminal.write_json({**reading.as_json(), "records": records, "amounts": amounts})
    else:
        from schoolward.platform.measures.display import amount

        for place, record in enumerate(records):
            added = amounts[place] if amounts else None
            click.echo(record if added is None else f"{record}\t{amount(added, reading.measure.record_unit)}")
        if not records and not is_small:
            terminal.say(f"No record stands behind it. {reading.note}".rstrip())


def _asked(
    start: datetime | None,
    end: datetime | None,
    as_of: datetime | None,
    site: str | None,
    program: str | None,
) -> tuple[Period, Scope]:
    """Return period and scope of the options. Raises :class:`CommandError` for an unknown site or program."""
    from schoolward.domains.places.queries import UnknownSite, known_campus
    from schoolward.platform.measures.period import Period, PeriodError, Scope

    first, last, judged = (_day(value) for value in (start, end, as_of))
    try:
        period = Period(first, last, judged or last or installation.today())
    except PeriodError as error:
        raise click.UsageError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    if program is not None:
        return period, _program(program, site)
    if site is None:
        return period, Scope()
    try:
        campus = known_campus(site, period.as_of)
    except UnknownSite as error:
        raise _unknown(error) from None
    return period, Scope(campus.pk, campus.name)


def _program(key: str, site: str | None) -> Scope:
    from schoolward.domains.programs.queries import program_titles
    from schoolward.platform.measures.period import Scope

    if site is not None:
        raise click.UsageError("Ask about a site or about a program, and not about both: take one out.")
    title = program_titles().get(key)
    if title is None:
        raise CommandError(f"There is no program {key}; see `schoolward programs list`.", ExitCode.NOT_FOUND)
    return Scope(label=title, program=key)


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _list_measures(as_json: bool) -> None:
    from schoolward.platform.measures.registry import all_measures

    if as_json:
        terminal.write_json(
            [
                {
                    "key": found.key,
                    "title": str(found.title),
                    "definition": str(found.definition),
                    "unit": found.unit,
                    "owner": found.owner,
                    "version": found.version,
                }
                for found in all_measures()
            ]
        )
        return
    terminal.write_table(
        ("KEY", "UNIT", "TITLE"), [(found.key, found.unit, found.title) for found in all_measures()]
    )


def _in_words(reading: Any) -> str:
    """The value with its unit and, for a ratio, what was divided by what."""
    if not reading.collected:
        return "not collected"
    if reading.suppressed:
        return "too small to be shown"
    from schoolward.platform.measures.display import CENTS, DOLLARS, display
    from schoolward.platform.measures.display import parts as divided

    unit = reading.measure.unit
    if unit in CENTS | DOLLARS and reading.value is not None:
        # As pages write it: nobody should have to take off two digits.
        said = display(reading.value, unit)
        return f"{said} ({divided(reading)})" if reading.denominator is not None else said
    said = f"{terminal.shown_number(reading.value)} {unit}"
    if reading.denominator is not None:
        parts = map(terminal.shown_number, (reading.numerator, reading.denominator))
        said += " ({} of {})".format(*parts)
    return said


def _unknown(error: Exception) -> CommandError:
    return CommandError(f"{str(error)[:1].upper()}{str(error)[1:]}.", ExitCode.NOT_FOUND)
