"""Opportunities and applications on the command line, from the first look to the funder's answer."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import Dollars, actor, as_json_option, as_option, found
from schoolward.cli.grants_finding import DAY, Percent, refusals
from schoolward.cli.outcome import CommandError, ExitCode

_number = click.argument("application", type=click.IntRange(1, 2**63 - 1))


@click.group(
    epilog="""\b
Examples, in their order:
  schoolward grants applications opportunities
  schoolward grants applications choose safer-doors --go --reason "Fits item 15"
  schoolward grants applications begin safer-doors --ask 120000 --match 30000
  schoolward grants applications add-part 4 budget "Locks at 12 sites" --amount 120000
  schoolward grants applications sign 4 --as lead@example.org
  schoolward grants applications submit 4
  schoolward grants applications answer 4 awarded --on 2012-06-30"""
)
def applications() -> None:
    """Look for money and apply for it: opportunities, applications, signatures, answers."""


def _opportunity(key: str) -> Any:
    from schoolward.domains.grants.queries import opportunities

    return found(opportunities, f"opportunity {key}", "grants applications opportunities", key=key)


def _application(number: int) -> Any:
    from schoolward.domains.grants.queries import applications as rows

    return found(rows, f"application {number}", "grants applications opportunities", pk=number)


def _day(given: datetime | None) -> Any:
    return installation.today() if given is None else given.date()


def _tell(number: int, sentence: str, as_json: bool) -> None:
    """The application as it stands now, or one sentence and what keeps it from going out."""
    from schoolward.domains.grants import actions
    from schoolward.domains.grants.api.seeking_shapes import ApplicationOut

    row = _application(number)
    lacks = actions.what_submitting_lacks(row) if row.outcome == "drafting" else []
    if as_json:
        terminal.write_json(
            ApplicationOut.model_validate(ApplicationOut.of(row, lacks)).model_dump(mode="json")
        )
        return
    click.echo(sentence)
    for lack in lacks:
        click.echo(f"  Before it can go out: {lack}")


@applications.command(
    name="opportunities", epilog="\b\nExample:\n  schoolward grants applications opportunities --json"
)
@as_json_option
def list_opportunities(as_json: bool) -> None:
    """List money that could be applied for, what was decided, and the number of the application for it."""
    installation.start()
    from schoolward.domains.grants.api.seeking_shapes import OpportunityOut
    from schoolward.domains.grants.queries import opportunities

    rows = [
        OpportunityOut.model_validate(row).model_dump(mode="json")
        for row in opportunities(installation.operator())
    ]
    if as_json:
        terminal.write_json(rows)
        return
    for row in rows:
        applied = f", application {row['application']}" if row["application"] else ""
        choice = row["choice"].replace("_", " ") or "not decided"
        click.echo(f"{row['key']}: {row['title']}, closes {row['closes']}, {choice}{applied}")
    if not rows:
        click.echo("No opportunity is entered. Enter one: schoolward grants applications add.")


@applications.command(
    epilog="\b\nExample:\n"
    '  schoolward grants applications add "Safer doors" --funder-name "An office" --closes 2012-05-31'
)
@click.argument("title")
@click.option("--funder-name", required=True, help="Who gives it.")
@click.option("--closes", type=DAY, required=True, help="Last day to apply.")
@click.option(
    "--funder",
    type=click.Choice(["federal", "passed_on", "other"]),
    default="federal",
    show_default=True,
    help="Whose money it is.",
)
@click.option("--number", default="", help="The funder's number.")
@click.option("--opens", type=DAY, help="First day to apply.")
@click.option("--ceiling", type=Dollars(), help="Most that is given, in dollars.")
@click.option("--match", type=Percent(), default="0", help="Match, in percent of the whole project.")
@click.option("--eligibility", default="", help="Who may apply, and where.")
@click.option("--purpose", default="", help="What it is for.")
@as_option
@as_json_option
def add(
    title: str,
    funder_name: str,
    closes: datetime,
    funder: str,
    number: str,
    opens: datetime | None,
    ceiling: int | None,
    match: Decimal,
    eligibility: str,
    purpose: str,
    email: str | None,
    as_json: bool,
) -> None:
    """Enter an opportunity called TITLE."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        made = actions.add_opportunity(
            title=title,
            closes=closes.date(),
            funder_name=funder_name,
            funder=funder,
            number=number,
            opens=opens and opens.date(),
            ceiling_cents=ceiling,
            match_percent=match,
            eligibility=eligibility,
            purpose=purpose,
            by=actor(email),
            at=installation.moment(),
        )
    if as_json:
        terminal.write_json({"key": made.key, "title": made.title, "closes": made.closes.isoformat()})
    else:
        click.echo(f"Entered as {made.key}. Decide on it: schoolward grants applications choose {made.key}.")


@applications.command(
    epilog='\b\nExample:\n  schoolward grants applications choose safer-doors --go --reason "Fits item 15"'
)
@click.argument("opportunity")
@click.option("--go/--no-go", "is_go", required=True, help="Try for it, or not.")
@click.option("--reason", required=True, help="Why.")
@as_option
@as_json_option
def choose(opportunity: str, is_go: bool, reason: str, email: str | None, as_json: bool) -> None:
    """Decide to try for OPPORTUNITY, or not."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        made = actions.choose(
            opportunity_id=_opportunity(opportunity).pk,
            choice="go" if is_go else "no_go",
            reason=reason,
            by=actor(email),
            at=installation.moment(),
        )
    if as_json:
        terminal.write_json({"key": made.key, "choice": made.choice})
    else:
        click.echo(f"{made.key}: {'go' if is_go else 'no go'}.")


@applications.command(
    epilog="\b\nExample:\n  schoolward grants applications begin safer-doors --ask 120000 --match 30000"
)
@click.argument("opportunity")
@click.option("--ask", "requested", type=Dollars(), required=True, help="Asked for, in dollars.")
@click.option("--match", type=Dollars(), default=0, help="Match that is offered, in dollars.")
@click.option("--summary", default="", help="In a few sentences.")
@as_option
@as_json_option
def begin(
    opportunity: str, requested: int, match: int, summary: str, email: str | None, as_json: bool
) -> None:
    """Begin the application for OPPORTUNITY, which was decided on."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        made = actions.begin_application(
            opportunity_id=_opportunity(opportunity).pk,
            requested_cents=requested,
            match_cents=match,
            summary=summary,
            by=actor(email),
            at=installation.moment(),
        )
    _tell(made.pk, f"Begun, as application {made.pk}.", as_json)


@applications.command(epilog="\b\nExample:\n  schoolward grants applications show 4 --json")
@_number
@as_json_option
def show(application: int, as_json: bool) -> None:
    """Show APPLICATION: what it asks for, where it stands, and what keeps it from going out."""
    installation.start()
    from schoolward.domains.grants.wording import dollars

    row = _application(application)
    stood = row.get_outcome_display()
    _tell(application, f"{row.opportunity.key}: {dollars(row.requested_cents)}, {stood}", as_json)


@applications.command(
    name="add-part",
    epilog="\b\nExamples:\n"
    '  schoolward grants applications add-part 4 budget "Locks at 12 sites" --amount 120000\n'
    '  schoolward grants applications add-part 4 letter "The city\'s letter" --file letter.pdf',
)
@_number
@click.argument("kind", type=click.Choice(["budget", "letter", "narrative", "other"]))
@click.argument("title")
@click.option("--amount", type=Dollars(), help="Amount of a budget line, in dollars.")
@click.option(
    "--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Document."
)
@as_option
@as_json_option
def add_part(
    application: int,
    kind: str,
    title: str,
    amount: int | None,
    path: Path | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Add a budget line, a letter or a document called TITLE. Who signed before has to sign again."""
    installation.start()
    from schoolward.domains.grants import actions

    by, at = actor(email), installation.moment()
    with refusals():
        made = actions.add_part(
            application_id=_application(application).pk,
            kind=kind,
            title=title,
            amount_cents=amount,
            file=None if path is None else _kept(path, by=by, at=at),
            file_name="" if path is None else path.name,
            by=by,
            at=at,
        )
    _tell(application, f"{made.title}: added.", as_json)


def _kept(path: Path, *, by: Any, at: datetime) -> Any:
    """The file, kept among those of the database; who may not seek money keeps none."""
    from schoolward.platform.access.permissions import check
    from schoolward.platform.files.actions import store_file
    from schoolward.platform.files.store import FileTooLarge, FileTypeRefused

    check(by, "grants.seek")
    try:
        with path.open("rb") as stream:
            return store_file(stream, name=path.name, by=by, at=at)
    except (FileTooLarge, FileTypeRefused) as refusal:
        raise CommandError(f"{path}: {refusal}", ExitCode.REFUSED) from None


@applications.command(epilog="\b\nExample:\n  schoolward grants applications sign 4 --as lead@example.org")
@_number
@click.option(
    "--as", "email", metavar="EMAIL", required=True, help="Who signs: an account of a role that may."
)
@as_json_option
def sign(application: int, email: str, as_json: bool) -> None:
    """Stand for APPLICATION in one's role. Two roles sign, and they are two persons."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        actions.sign(application_id=_application(application).pk, by=actor(email), at=installation.moment())
    _tell(application, "Signed.", as_json)


@applications.command(epilog="\b\nExample:\n  schoolward grants applications submit 4 --on 2012-05-30")
@_number
@click.option("--on", type=DAY, help="The day on which it went out (default: today).")
@as_option
@as_json_option
def submit(application: int, on: datetime | None, email: str | None, as_json: bool) -> None:
    """Say that APPLICATION went out."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        actions.submit(
            application_id=_application(application).pk,
            submitted_on=_day(on),
            by=actor(email),
            at=installation.moment(),
        )
    _tell(application, "Kept as gone out.", as_json)


@applications.command(
    epilog="\b\nExample:\n  schoolward grants applications answer 4 awarded --on 2012-06-30"
)
@_number
@click.argument("outcome", type=click.Choice(["awarded", "declined", "withdrawn"]))
@click.option("--on", type=DAY, help="The day of the answer (default: today).")
@as_option
@as_json_option
def answer(application: int, outcome: str, on: datetime | None, email: str | None, as_json: bool) -> None:
    """Enter the funder's answer to APPLICATION, or that it was withdrawn."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        actions.answer(
            application_id=_application(application).pk,
            outcome=outcome,
            decided_on=_day(on),
            by=actor(email),
            at=installation.moment(),
        )
    _tell(application, f"Kept: {outcome}.", as_json)
