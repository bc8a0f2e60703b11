"""Programs on the command line: the catalogue, what waits for a count, counting, and the directory file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_as_of = click.option("--as-of", type=_DAY, help="The day to judge at (default: today).")
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.group(
    epilog="""\b
Examples:
  schoolward programs list
  schoolward programs show project-save
  schoolward programs dashboard spal-rugby --json
  schoolward programs to-count
  schoolward programs count 412 --attended 14 --adults 13 --minutes 360
  schoolward programs take-counts counts.json
  schoolward programs cancel 413 --reason weather
  schoolward programs directory > services.json
  schoolward import program-services services.json --dry-run"""
)
def programs() -> None:
    """See youth programs, count heads at sessions, write the directory."""


def _day(as_of: datetime | None) -> Any:
    return as_of.date() if as_of is not None else installation.today()


@programs.command(name="list", epilog="\b\nExample:\n  schoolward programs list --json")
@_as_of
@_json
def list_programs(as_of: datetime | None, as_json: bool) -> None:
    """List programs: kind, how each stands, and free places as last reported."""
    installation.start()
    from schoolward.domains.programs import queries

    by, day = installation.operator(), _day(as_of)
    capacity = queries.latest_capacity(by, on=day)
    rows = []
    for one in queries.programs(by):
        report = capacity.get(one.pk)
        rows.append(
            {
                "key": one.key,
                "title": one.title,
                "kind": one.kind,
                "provider": one.provider.key,
                "state": one.state_on(day).value,
                "intake": report.intake if report else None,
                "vacant": report.vacant if report else None,
                "waiting": report.waiting if report else None,
            }
        )
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("No program is entered. Bring them in: schoolward import programs FILE.")
    for row in rows:
        places = "" if row["intake"] is None else f", {row['intake']}"
        free = "" if row["vacant"] is None else f", {row['vacant']} free"
        click.echo(f"{row['key']}: {row['title']} ({row['kind']}, {row['state']}{places}{free})")


@programs.command(epilog="\b\nExample:\n  schoolward programs show project-tnd")
@click.argument("key")
@_as_of
@_json
def show(key: str, as_of: datetime | None, as_json: bool) -> None:
    """Show one program: who may take part, how much there should be, and what sources say of it."""
    installation.start()
    from schoolward.domains.programs import queries

    by, day = installation.operator(), _day(as_of)
    one = queries.programs(by).filter(key=key).first()
    if one is None:
        raise CommandError(f"There is no program {key}; see `schoolward programs list`.", ExitCode.NOT_FOUND)
    rule, plan = queries.rule_on(one, day), queries.plan_on(one, day)
    told: dict[str, Any] = {
        "key": one.key,
        "title": one.title,
        "kind": one.kind,
        "provider": one.provider.name,
        "state": one.state_on(day).value,
        "ages": [one.min_age, one.max_age],
        "requirements": rule.requirements if rule else [],
        "rule_version": rule.version if rule else None,
        "plan": {"sessions": plan.sessions, "minutes": plan.minutes, "source": plan.source} if plan else None,
        "ratings": [
            {
                "source": rating.source,
                "rating": rating.rating,
                "population": rating.population,
                "dated": rating.dated.isoformat(),
            }
            for rating in one.ratings.all()
        ],
    }
    if as_json:
        terminal.write_json(told)
        return
    click.echo(f"{told['title']} ({told['kind']}, {told['state']}), by {told['provider']}")
    for line in told["requirements"]:
        click.echo(f"  - {line}")
    if plan is not None:
        click.echo(f"  {plan.sessions} sessions of {plan.minutes} minutes ({plan.source})")
    for rating in told["ratings"]:
        click.echo(f"  {rating['rating']}: {rating['source']}, {rating['dated']}, of {rating['population']}")


@programs.command(
    epilog="\b\nExamples:\n  schoolward programs dashboard\n  schoolward programs dashboard spal-rugby --json"
)
@click.argument("key", required=False)
@_as_of
@_json
def dashboard(key: str | None, as_of: datetime | None, as_json: bool) -> None:
    """Show all programs at a glance, or one by its KEY: delivered, reached, what it came to, what is late.

    Counts of fewer than eleven young people are withheld, with what would give them away. The records behind
    a figure: `schoolward trace MEASURE --program KEY`.
    """
    installation.start()
    from schoolward.domains.cases.api.dashboards import dashboard_out, overview_out
    from schoolward.domains.cases.queries import dashboards

    by, day = installation.operator(), _day(as_of)
    if key is None:
        rows = overview_out(dashboards.overview(by, day))
        if as_json:
            terminal.write_json(rows)
            return
        terminal.write_table(
            ("PROGRAM", "STATE", "OFFERED", "HELD", "LATE"),
            [
                (row["program"], row["state"], row["offered_now"], _told(row["figures"][0]), len(row["late"]))
                for row in rows
            ],
        )
        return
    found = dashboards.dashboard(by, key, day)
    if found is None:
        raise CommandError(f"There is no program {key}; see `schoolward programs list`.", ExitCode.NOT_FOUND)
    told = dashboard_out(found, day)
    if as_json:
        terminal.write_json(told)
        return
    click.echo(f"{told['title']} ({told['kind']}, {told['state']})")
    terminal.write_table(
        ("MEASURE", "FROM", "TO", "VALUE"),
        [(row["title"], row["first"], row["last"], _told(row)) for row in told["figures"]],
    )
    for one in told["late"]:
        click.echo(f"late: {one['text']}")


def _told(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return "withheld" if figure["is_withheld"] else "not collected"
    return f"{figure['value']:.1f} {figure['unit']}"


@programs.command(name="to-count", epilog="\b\nExample:\n  schoolward programs to-count --json")
@_as_of
@_json
def to_count(as_of: datetime | None, as_json: bool) -> None:
    """List sessions whose day has come and that nobody has counted or cancelled."""
    installation.start()
    from schoolward.domains.programs import queries

    rows = [
        {
            "session": one.pk,
            "program": one.offering.program.key,
            "on": one.on.isoformat(),
            "place": one.offering.where,
            "minutes": one.minutes_planned,
        }
        for one in queries.to_count(installation.operator(), on=_day(as_of))
    ]
    if as_json:
        terminal.write_json(rows)
        return
    if not rows:
        click.echo("Every session whose day has come is counted or cancelled.")
    for row in rows:
        click.echo(f"{row['session']}: {row['program']}, {row['on']}, {row['place']}")


def _session(number: int) -> Any:
    from schoolward.domains.programs import queries

    found = queries.sessions(installation.operator()).filter(pk=number).first()
    if found is None:
        raise CommandError(
            f"There is no session {number}; see `schoolward programs to-count`.", ExitCode.NOT_FOUND
        )
    return found


@programs.command(epilog="\b\nExample:\n  schoolward programs count 412 --attended 14 --minutes 45")
@click.argument("session", type=click.IntRange(1, 2**63 - 1))
@click.option("--attended", type=int, required=True, help="Young people who came: heads, no names.")
@click.option("--adults", type=int, help="Parents who came.")
@click.option("--minutes", type=int, help="Minutes held (default: as planned).")
@click.option("--receipt", type=click.UUID, help="Your own mark of this count; the same mark is taken once.")
@_json
def count(
    session: int, attended: int, adults: int | None, minutes: int | None, receipt: Any, as_json: bool
) -> None:
    """Say that SESSION was held, and how many came. The same numbers again change nothing."""
    installation.start()
    from schoolward.domains.programs import actions

    by, found = installation.operator(), _session(session)
    try:
        kept = actions.record_count(
            session_id=found.pk,
            attended=attended,
            adults=adults,
            minutes=found.minutes_planned if minutes is None else minutes,
            receipt=receipt,
            by=by,
            at=installation.moment(),
        )
    except actions.ProgramRefused as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json({"session": kept.pk, "state": kept.state, "attended": kept.attended})
        return
    click.echo(f"Session {kept.pk}: {kept.attended} came, {kept.minutes_held} minutes.")


@programs.command(
    name="take-counts",
    epilog="""\b
Examples:
  schoolward programs take-counts counts.json
  schoolward programs take-counts - < counts.json""",
)
@click.argument("file", type=click.File("rb"))
@_json
@click.pass_context
def take_counts(ctx: click.Context, file: BinaryIO, as_json: bool) -> None:
    """Take counts from FILE that a device kept (docs/reference/attendance-journal.md); - is standard input.

    The same file again changes nothing. Ends with 3 where a count is not taken: each is named, with the
    reason.
    """
    installation.start()
    from pydantic import ValidationError

    from schoolward.domains.programs import actions
    from schoolward.domains.programs.api.attendance import AttendanceIn

    try:
        sent = AttendanceIn.model_validate_json(file.read())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise CommandError(f"{where}: {first['msg']}. Nothing was taken.", ExitCode.USAGE) from None
    answers = actions.take_counts(
        counts=sent.head_counts(), sent=sent.sent, by=installation.operator(), at=installation.moment()
    )
    refused = [one for one in answers if not one.is_taken]
    if as_json:
        names = ("code", "text", "field", "is_taken")
        terminal.write_json([{"id": str(one.id), **{n: getattr(one, n) for n in names}} for one in answers])
    else:
        for one in refused:
            click.echo(f"{one.id}: {one.text}")
        click.echo(f"{len(answers) - len(refused)} of {len(answers)} taken.")
    if refused:
        ctx.exit(ExitCode.ROWS_REJECTED)


@programs.command(epilog="\b\nExample:\n  schoolward programs cancel 413 --reason weather")
@click.argument("session", type=click.IntRange(1, 2**63 - 1))
@click.option(
    "--reason",
    type=click.Choice(["staff", "place", "weather", "few", "safety", "school", "other"]),
    required=True,
    help="Why it did not take place.",
)
@_json
def cancel(session: int, reason: str, as_json: bool) -> None:
    """Say that SESSION did not take place."""
    installation.start()
    from schoolward.domains.programs import actions

    by, found = installation.operator(), _session(session)
    try:
        kept = actions.cancel_session(session_id=found.pk, reason=reason, by=by, at=installation.moment())
    except actions.ProgramRefused as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json({"session": kept.pk, "state": kept.state, "reason": kept.cancel_reason})
        return
    click.echo(f"Session {kept.pk} is cancelled: {kept.get_cancel_reason_display()}.")


@programs.command(epilog="\b\nExample:\n  schoolward programs directory --out services.json")
@_as_of
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file (default: standard output)."
)
def directory(as_of: datetime | None, out: Path | None) -> None:
    """Write the catalogue as a directory of services (Open Referral HSDS 3, JSON)."""
    installation.start()
    from schoolward.domains.programs.directory import services
    from schoolward.protocols.open_referral import document

    made = document(services(installation.operator(), on=_day(as_of)))
    text = json.dumps(made, ensure_ascii=False, indent=1)
    if out is None:
        click.echo(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}", ExitCode.REFUSED) from None
    click.echo(f"{out}: {made['total_items']} services.")
