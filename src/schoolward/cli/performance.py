"""``schoolward cases performance``: what grants ask of programs, by half a year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.command(
    epilog="\b\nExamples:\n  schoolward cases performance\n"
    "  schoolward cases performance --half 2012-01-01 --json\n"
    "  schoolward cases performance --half 2012-01-01 --program gptto --open served"
)
@click.option("--half", type=_DAY, help="A day of a half-year that is over (default: the last one).")
@click.option("--open", "code", metavar="CODE", help="List the records behind one measure, by its code.")
@click.option("--program", default="", metavar="KEY", help="With --open: of one program (default: all).")
@click.option(
    "--part",
    type=click.Choice(["numerator", "denominator"]),
    default="numerator",
    help="With --open: of a share, the records counted, or those that they are held against.",
)
@_json
def performance(half: datetime | None, code: str | None, program: str, part: str, as_json: bool) -> None:
    """Write what grants ask of programs, by half a year: youth served, exits, completion, hours, follow-ups.

    A half-year is counted once, three weeks after its end, and stays so. Counts of 1 to 10 are hidden, with
    what would give them away; what nobody collects is said to be so. A hidden figure opens no records.
    """
    installation.start()
    from schoolward.domains.cases.queries import performance as queries
    from schoolward.domains.cases.queries.performance_counting import given_halves

    day = installation.today()
    asked = half.date() if half is not None else given_halves(day)[0][0]
    try:
        if code is not None:
            _open_figure(asked, day, program=program, code=code, part=part, as_json=as_json)
            return
        found = queries.performance(installation.operator(), asked, day)
    except queries.NoTableYetError as error:
        raise click.UsageError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    if as_json:
        names = ("code", "program", "title", "measure", "definition", "unit", "value", "of", "held_against")
        lines = [
            {
                **{name: getattr(line, name) for name in names},
                "hidden": line.is_hidden,
                "collected": line.is_collected,
            }
            for line in found.lines
        ]
        terminal.write_json({"from": found.first, "to": found.last, "given": found.given, "lines": lines})
        return
    terminal.write_table(
        ("PROGRAM", "CODE", "MEASURE", "VALUE", "OF"),
        [
            (line.title, line.code, line.measure, _value(line), "" if line.of is None else line.of)
            for line in found.lines
        ],
    )


def _open_figure(half: date, day: date, *, program: str, code: str, part: str, as_json: bool) -> None:
    from schoolward.domains.cases.queries.performance_opened import open_line
    from schoolward.platform.measures.registry import Part
    from schoolward.platform.ui.record_pages import all_records

    by = installation.operator()
    opened = open_line(by, half, day, program=program, code=code, part=Part(part))
    if opened is None:
        raise CommandError(
            f"There is no figure {code} of {program or 'all programs'} with a {part}; "
            "`schoolward cases performance --json` lists them.",
            ExitCode.NOT_FOUND,
        )
    lines = [] if opened.behind is None else list(all_records(opened.behind, by, adds=opened.adds))
    if as_json:
        amounts = [line.amount for _key, line in lines if line is not None and line.amount is not None]
        terminal.write_json(
            {"value": opened.line.value, "records": [key for key, _line in lines], "amounts": amounts}
        )
        return
    for key, line in lines:
        click.echo(key if line is None or line.amount is None else f"{key}\t{line.amount:g}")
    if opened.behind is None:
        terminal.say(f"The figure is {_value(opened.line)}, and opens no records.")


def _value(line: Any) -> str:
    if line.value is None:
        return "hidden" if line.is_hidden else "not collected"
    return f"{line.value:.1f} {line.unit}" if line.value % 1 else f"{line.value:.0f} {line.unit}"
