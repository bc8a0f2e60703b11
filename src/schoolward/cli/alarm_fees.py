"""``schoolward alarms fees``: what false alarms cost by an ordinance. It needs no database."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast
from zoneinfo import ZoneInfo

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.analysis.alarm_fees import Assessments, Column, Read

ROWS_SHOWN = 40
INPUT = click.Path(exists=True, dir_okay=False, allow_dash=True)
_Records = TypeVar("_Records")


class FeesCommand(click.Command):
    """A command whose help lists the columns of the files that it reads."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and, under them, the columns."""
        super().format_options(ctx, formatter)
        from schoolward.analysis import alarm_fees

        for title, columns in (
            ("Columns of --events", alarm_fees.EVENT_COLUMNS),
            ("Columns of --permits", alarm_fees.PERMIT_COLUMNS),
            ("Columns of --appeals", alarm_fees.APPEAL_COLUMNS),
            ("Columns of --payments", alarm_fees.PAYMENT_COLUMNS),
        ):
            with formatter.section(title):
                formatter.write_dl([_described(column) for column in columns])


@click.command(
    cls=FeesCommand,
    epilog="""\b
Examples:
  schoolward alarms fees --rules stockton-ca.json --events alarms.csv
  schoolward alarms fees --rules los-altos-ca.json --events - --permits permits.csv --json < alarms.csv
  schoolward alarms fees --rules warrensville-heights-oh.json --events alarms.csv \\
      --permits permits.csv --appeals appeals.csv --payments payments.csv --as-of 2012-12-31""",
)
@click.option("--rules", type=INPUT, required=True, help="The ordinance, as JSON.")
@click.option("--events", type=INPUT, required=True, help="The alarms, as CSV (- for standard input).")
@click.option("--permits", type=INPUT, help="Permits by term, as CSV (default: nobody lacks one).")
@click.option("--appeals", type=INPUT, help="Appeals, as CSV (default: none).")
@click.option("--payments", type=INPUT, help="Payments, as CSV (default: nothing is late).")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Assess by what is known at the end of this day (default: today in the city).",
)
@click.option("--json", "as_json", is_flag=True, help="Write everything as JSON.")
@click.pass_context
def fees(
    ctx: click.Context,
    rules: str,
    events: str,
    permits: str | None,
    appeals: str | None,
    payments: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Say what each alarm costs by an ordinance, and why.

    Good rows are assessed; each bad one is reported with its column, value and mend. The order of the rows
    does not matter. Exits with 3 when a row was rejected, and with 5 when the rules cannot be used.
    """
    from schoolward.analysis import alarm_fees

    try:
        with click.open_file(rules, "rb") as stream:
            ordinance = alarm_fees.read_ordinance(stream.read())
    except alarm_fees.OrdinanceProblem as error:
        raise CommandError(f"{rules}: {error}", ExitCode.REFUSED) from None
    rejected: list[dict[str, Any]] = []
    warned: list[str] = []

    def table(name: str | None, read: Callable[[BinaryIO], tuple[_Records, Read]]) -> _Records | None:
        if name is None:
            return None
        try:
            with click.open_file(name, "rb") as stream:
                records, report = read(cast(BinaryIO, stream))
        except alarm_fees.TableProblem as error:
            rejected.append(_rejection(name, 1, "", "", str(error), ""))
            return None
        for problem in report.problems:
            rejected.append(
                _rejection(name, problem.row, problem.column, problem.value, problem.error, problem.mend)
            )
        warned.extend(report.cautions)
        return records

    alarms = table(events, lambda stream: alarm_fees.read_events(stream, ordinance.time_zone))
    held = table(permits, alarm_fees.read_permits)
    appealed = table(appeals, alarm_fees.read_appeals) or []
    paid = table(payments, alarm_fees.read_payments)
    if alarms is None:
        alarms = alarm_fees.Events.of(())
    day = as_of.date() if as_of else _today(ordinance.time_zone)
    try:
        result = alarm_fees.assess(
            ordinance, alarms, as_of=day, permits=held, appeals=appealed, payments=paid
        )
    except alarm_fees.PermitsNeeded as error:
        raise CommandError(f"{error}: give --permits FILE.", ExitCode.REFUSED) from None
    warned = [*alarm_fees.warnings(result, alarms, held, appealed, paid), *warned]
    if as_json:
        told = {**alarm_fees.result_json(result), "rejected": rejected, "warnings": warned}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _write(result, rejected, warned)
    if rejected:
        ctx.exit(ExitCode.ROWS_REJECTED)


def _described(column: Column) -> tuple[str, str]:
    return column.name, f"{column.help}{' (required)' if column.required else ''}"


def _rejection(name: str, row: int, column: str, value: str, error: str, mend: str) -> dict[str, Any]:
    return {
        "file": name,
        "row": row,
        "column": column,
        "value": value,
        "error": error,
        "mend": mend,
    }


def _today(zone: str) -> date:
    """The day in the city; the clock is read here, at the edge, and handed on."""
    return datetime.now(ZoneInfo(zone)).date()


def _write(result: Assessments, rejected: list[dict[str, Any]], warned: list[str]) -> None:
    """Write what alarms and permits cost, with sums by year, and then what was refused or is doubtful."""
    from schoolward.analysis.alarm_fees.sentences import money

    totals = result.totals()
    over_all = totals[-1]
    click.echo(
        f"{result.ordinance.title}, as of {result.as_of}: {over_all.alarms:,} alarms, "
        f"{over_all.false_alarms:,} false, {money(over_all.claimed_cents)} claimed, "
        f"{money(over_all.owed_cents)} owed, {money(over_all.permit_cents)} for permits"
    )
    _write_alarms(result)
    charged = [
        (one.system, one.permit, one.day, one.kind.value, money(one.cents), one.why) for one in result.charges
    ]
    _write_rows(("system", "permit", "day", "charge", "amount", "why"), charged, len(charged))
    years = [
        (
            total.year,
            f"{total.alarms:,}",
            f"{total.false_alarms:,}",
            money(total.claimed_cents),
            money(total.paid_cents),
            money(total.owed_cents),
            money(total.waived_cents),
            money(total.permit_cents),
        )
        for total in totals
        if total.system is None and total.year is not None
    ]
    headers = ("year", "alarms", "false", "claimed", "paid", "owed", "waived", "permits")
    _write_rows(headers, years, len(years))
    _write_rejected(rejected)
    for sentence in warned:
        terminal.say(f"warning: {sentence}")


def _write_alarms(result: Assessments) -> None:
    from schoolward.analysis.alarm_fees.sentences import money, ordinal_word

    places = result.notable()
    rows = []
    for place in places[:ROWS_SHOWN].tolist():
        one = result[place]
        claimed = "?" if one.claimed_cents is None else money(one.claimed_cents)
        nth = ordinal_word(one.ordinal) if one.ordinal else "-"
        state = one.state.name.lower().replace("_", " ")
        rows.append((one.event, one.time, one.system, one.type, nth, claimed, state, one.why))
    headers = ("alarm", "time", "system", "type", "nth", "claimed", "state", "why")
    _write_rows(headers, rows, len(places))


def _write_rows(headers: Sequence[str], rows: Sequence[Sequence[object]], count: int) -> None:
    if not rows:
        return
    click.echo()
    terminal.write_table(headers, [[str(cell) for cell in row] for row in rows[:ROWS_SHOWN]])
    if count > ROWS_SHOWN:
        click.echo(f"… and {count - ROWS_SHOWN:,} more (--json lists them)")


def _write_rejected(rejected: list[dict[str, Any]]) -> None:
    if rejected:
        click.echo(f"\n{len(rejected):,} rows were rejected:")
    for one in rejected[:ROWS_SHOWN]:
        where = f"{one['file']}, row {one['row']}" + (f", {one['column']}" if one["column"] else "")
        value = f" “{one['value']}”" if one["value"] else ""
        click.echo(f"  {where}:{value} {one['error']}" + (f" → {one['mend']}" if one["mend"] else ""))
    if len(rejected) > ROWS_SHOWN:
        click.echo(f"  … and {len(rejected) - ROWS_SHOWN:,} more (--json lists them)")
