"""``schoolward privacy``: agreements, what waits, who read what, retention, and the wall around records."""

from __future__ import annotations

import sys

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.retention import retention
from schoolward.cli.sealing import seals

_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.group(
    epilog="""\b
Examples:
  schoolward privacy agreements
  schoolward privacy revoke 3 --reason "The program has ended"
  schoolward privacy waiting --json
  schoolward privacy disclosures access.Consent:12 > who-read-what.csv
  schoolward privacy seals list
  schoolward privacy retention due
  schoolward privacy wall"""
)
def privacy() -> None:
    """Guard protected records: agreements, seals, emergency looks, who read what, retention."""


privacy.add_command(retention)
privacy.add_command(seals)


@privacy.command(epilog="\b\nExample:\n  schoolward privacy agreements --json")
@_json
def agreements(as_json: bool) -> None:
    """List sharing agreements with how they stand."""
    installation.start()
    from schoolward.platform.access import sharing

    by = installation.operator()
    rows = [
        {
            "id": agreement.pk,
            "title": agreement.title,
            "owner": agreement.owner.key,
            "recipient": agreement.recipient.key,
            "from": agreement.valid_from,
            "to": agreement.valid_to,
            "state": sharing.state(agreement, by.at),
        }
        for agreement in sharing.agreements(by)
    ]
    if as_json:
        terminal.write_json(rows)
        return
    terminal.write_table(
        ("NO.", "STATE", "WHOSE", "WHO SEES", "UNTIL", "TITLE"),
        [(r["id"], r["state"], r["owner"], r["recipient"], r["to"], r["title"]) for r in rows],
    )


@privacy.command(epilog='\b\nExample:\n  schoolward privacy revoke 3 --reason "The program has ended"')
@click.argument("number", type=click.IntRange(min=1, max=2**63 - 1))
@click.option("--reason", required=True, help="Why; it goes on the record.")
@_json
def revoke(number: int, reason: str, as_json: bool) -> None:
    """End a sharing agreement at once, by its number."""
    installation.start()
    from schoolward.platform.access import sharing
    from schoolward.platform.access.refusal import Refusal

    by = installation.operator()
    found = sharing.agreements(by).filter(pk=number).first()
    if found is None:
        raise CommandError(
            f"There is no agreement {number}; `schoolward privacy agreements` lists them.", ExitCode.NOT_FOUND
        )
    try:
        sharing.revoke(agreement=found, reason=reason, by=by, at=by.at)
    except Refusal as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json({"id": number, "state": "revoked"})
    else:
        click.echo(f"Revoked: {found.title}")


@privacy.command(epilog="\b\nExample:\n  schoolward privacy waiting --json")
@_json
def waiting(as_json: bool) -> None:
    """Count what waits: emergency looks to judge, records to seal, and those past their day."""
    installation.start()
    from schoolward.platform.access import breaking_glass, sealing

    by = installation.operator()
    seals = sealing.waiting(by)
    counts = {
        "emergencies_to_judge": breaking_glass.to_review(by).count(),
        "records_to_seal": seals.count(),
        "past_their_day": seals.filter(due_on__lt=installation.today()).count(),
    }
    if as_json:
        terminal.write_json(counts)
        return
    for name, count in counts.items():
        click.echo(f"{name.replace('_', ' ')}: {count:,}")


@privacy.command(
    epilog="\b\nExample:\n  schoolward privacy disclosures access.Consent:12 > who-read-what.csv"
)
@click.argument("subject")
@_json
def disclosures(subject: str, as_json: bool) -> None:
    """Write who read what is kept about one person, as CSV, with no other person's data."""
    installation.start()
    from dataclasses import asdict

    from schoolward.domains.privacy.queries import COLUMNS, disclosure_rows
    from schoolward.platform.access.disclosing import disclosures as log_of
    from schoolward.platform.access.refusal import Refusal
    from schoolward.platform.exchange.writers import write_csv

    try:
        found = log_of(subject, by=installation.operator())
    except Refusal as refusal:
        code = ExitCode.NOT_FOUND if ":" in subject else ExitCode.USAGE
        raise CommandError(str(refusal), code) from None
    if as_json:
        terminal.write_json([asdict(one) for one in found])
        return
    for chunk in write_csv(COLUMNS, disclosure_rows(found)):
        sys.stdout.buffer.write(chunk)


@privacy.command(epilog="\b\nExample:\n  schoolward privacy wall --json")
@_json
def wall(as_json: bool) -> None:
    """Say whether the wall around protected records stands, and put up again what is missing."""
    installation.start()
    from django.db import connection, transaction

    from schoolward.platform.access.wall import standing
    from schoolward.platform.audit.actions import record

    missing = standing.missing(connection)
    by = installation.operator()
    if missing:
        with transaction.atomic():
            standing.rebuild(connection)
            record("access.wall_rebuilt", by=by, at=by.at, subject="access:wall", detail={"missing": missing})
    if as_json:
        terminal.write_json({"put_up": missing})
    else:
        click.echo(f"Put up again: {', '.join(missing)}" if missing else "The wall stands; nothing was done.")
