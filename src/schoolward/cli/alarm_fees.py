"""``schoolward alarms fees``: what false alarms cost by an ordinance. It needs no database."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast
from zoneinfo import ZoneInfo

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.analysis.alarm_fees import Assessments, Column, Ordinance, Read, Total

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
  schoolward alarms fee-events > events.csv; schoolward export alarm-permits > permits.csv
  schoolward alarms fees --rules demonstration.json --events events.csv --permits permits.csv
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

    It reads what `alarms fee-events`, `export alarm-permits` and `export alarm-appeals` write. Good rows are
    assessed; each bad one is reported first, with its column, value and mend. Where nothing of a file can be
    used, or the rule does not reach the alarms, they are not assessed, and it says why. The order of the rows
    does not matter. Exits with 3 when a row was rejected, and with 5 when the rules cannot be used.
    """
    from schoolward.analysis import alarm_fees

    try:
        with click.open_file(rules, "rb") as stream:
            ordinance = alarm_fees.read_ordinance(stream.read())
    except alarm_fees.OrdinanceProblem as error:
        raise CommandError(f"{rules}: {error}", ExitCode.REFUSED) from None
    day = as_of.date() if as_of else _today(ordinance.time_zone)
    told = _Told(rejected=[], warned=[], unread=[])
    alarms = told.table(events, lambda stream: alarm_fees.read_events(stream, ordinance.time_zone))
    held = told.table(permits, lambda stream: alarm_fees.read_permits(stream, ordinance.key))
    appealed = told.table(appeals, alarm_fees.read_appeals) or []
    paid = told.table(payments, alarm_fees.read_payments)
    if told.unread or alarms is None:
        # What is assessed without a file that was given would look like a result, and be none.
        _write_unread(ordinance, day, told, as_json=as_json)
        ctx.exit(ExitCode.ROWS_REJECTED)
    try:
        result = alarm_fees.assess(
            ordinance, alarms, as_of=day, permits=held, appeals=appealed, payments=paid
        )
    except alarm_fees.PermitsNeeded as error:
        _write_rejected(told.rejected, err=True)
        raise CommandError(f"{error}: give --permits FILE.", ExitCode.REFUSED) from None
    warned = [*alarm_fees.warnings(result, alarms, held, appealed, paid), *told.warned]
    if as_json:
        written = {**alarm_fees.result_json(result), "rejected": told.rejected, "warnings": warned}
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        _write(result, told.rejected, warned)
    if told.rejected:
        ctx.exit(ExitCode.ROWS_REJECTED)


@dataclass(frozen=True)
class _Told:
    """What is wrong with the files: rows, what is doubtful, and files of which nothing could be used."""

    rejected: list[dict[str, Any]]
    warned: list[str]
    unread: list[str]

    def table(self, name: str | None, read: Callable[[BinaryIO], tuple[_Records, Read]]) -> _Records | None:
        """Read one of the files; ``None`` for one that was not given, or is no table."""
        from schoolward.analysis import alarm_fees

        if name is None:
            return None
        try:
            with click.open_file(name, "rb") as stream:
                records, report = read(cast(BinaryIO, stream))
        except alarm_fees.TableProblem as error:
            self.rejected.append(_rejection(name, 1, "", "", str(error), ""))
            self.unread.append(f"{name} cannot be read as a table")
            return None
        for problem in report.problems:
            self.rejected.append(
                _rejection(name, problem.row, problem.column, problem.value, problem.error, problem.mend)
            )
        if report.rows and len({problem.row for problem in report.problems}) >= report.rows:
            self.unread.append(f"every row of {name} was rejected")
        self.warned.extend(report.cautions)
        return records


def _described(column: Column) -> tuple[str, str]:
    also = f"; or {column.also}, as our own export calls it" if column.also else ""
    return column.name, f"{column.help}{also}{' (required)' if column.required else ''}"


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
    """Write what was refused, what alarms and permits cost with sums by year, and what is doubtful."""
    from schoolward.analysis.alarm_fees.sentences import money

    _write_rejected(rejected)
    totals = result.totals()
    unruled = result.not_assessed()
    sums = _sums(totals[-1])
    left = f"{totals[-1].not_assessed:,} of them not assessed, " if unruled else ""
    click.echo(
        f"{result.ordinance.title}, as of {result.as_of}: {totals[-1].alarms:,} alarms, "
        + (f"{left}{sums[0]} false, {sums[1]} claimed, {sums[3]} owed, " if sums else "not assessed, ")
        + f"{money(totals[-1].permit_cents)} for permits"
    )
    if unruled:
        click.echo(unruled)
    _write_alarms(result)
    charged = [
        (one.system, one.permit, one.day, one.kind.value, money(one.cents), one.why) for one in result.charges
    ]
    _write_rows(("system", "permit", "day", "charge", "amount", "why"), charged, len(charged))
    years = [
        (
            total.year,
            f"{total.alarms:,}",
            *(_sums(total) or ("not assessed", "-", "-", "-", "-")),
            money(total.permit_cents),
        )
        for total in totals
        if total.system is None and total.year is not None
    ]
    headers = ("year", "alarms", "false", "claimed", "paid", "owed", "waived", "permits")
    _write_rows(headers, years, len(years))
    for sentence in warned:
        if sentence != unruled:
            terminal.say(f"warning: {sentence}")


def _sums(total: Total) -> tuple[str, ...] | None:
    """How many were false, what was claimed, paid, owed and waived; ``None`` where nothing was assessed."""
    from schoolward.analysis.alarm_fees.sentences import money

    if total.alarms and total.alarms == total.not_assessed:
        return None
    cents = (total.claimed_cents, total.paid_cents, total.owed_cents, total.waived_cents)
    return (f"{total.false_alarms:,}", *map(money, cents))


def _write_unread(ordinance: Ordinance, day: date, told: _Told, *, as_json: bool) -> None:
    """Write what was refused, and that nothing was assessed because of it."""
    why = f"Nothing was assessed, because {', and '.join(told.unread)}."
    if as_json:
        written = {
            "ordinance": {"key": ordinance.key, "title": ordinance.title},
            "as_of": day.isoformat(),
            "assessments": [],
            "not_assessed": why,
            "rejected": told.rejected,
            "warnings": told.warned,
        }
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        _write_rejected(told.rejected)
        click.echo(why)


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


def _write_rejected(rejected: list[dict[str, Any]], *, err: bool = False) -> None:
    if not rejected:
        return
    click.echo(f"{len(rejected):,} rows were rejected:", err=err)
    for one in rejected[:ROWS_SHOWN]:
        where = f"{one['file']}, row {one['row']}" + (f", {one['column']}" if one["column"] else "")
        value = f" “{one['value']}”" if one["value"] else ""
        mend = f" → {one['mend']}" if one["mend"] else ""
        click.echo(f"  {where}:{value} {one['error']}{mend}", err=err)
    if len(rejected) > ROWS_SHOWN:
        click.echo(f"  … and {len(rejected) - ROWS_SHOWN:,} more (--json lists them)", err=err)
    click.echo(err=err)
