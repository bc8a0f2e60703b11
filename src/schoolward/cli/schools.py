"""``schoolward schools``: what is said of a school by hand."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode


@click.group()
def schools() -> None:
    """Say what was found out about a school; the directory itself comes by import."""


@schools.command(
    epilog='\b\nExamples:\n  schoolward schools verify-former-name 34674393431012 "Lincoln Junior High"\n'
    '  schoolward schools verify-former-name 34674393431012 ""        it never had another'
)
@click.argument("cds_code")
@click.argument("former_name")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def verify_former_name(cds_code: str, former_name: str, as_json: bool) -> None:
    """Note that FORMER_NAME of the school CDS_CODE was checked against a public source."""
    installation.start()
    from schoolward.domains.places import actions, queries
    from schoolward.domains.places.actions.campuses import UnfitName

    school = queries.school_by_cds(cds_code)
    if school is None:
        raise CommandError(
            f"No school has the CDS code {cds_code}; a code has 14 digits.", ExitCode.NOT_FOUND
        )
    by = installation.operator()
    try:
        actions.verify_former_name(school=school, former_name=former_name, by=by, at=installation.moment())
    except UnfitName as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json(
            {"cds_code": cds_code, "former_name": school.former_name_note, "former_name_verified": True}
        )
    elif school.former_name_note:
        click.echo(f"{school.name} was formerly {school.former_name_note}.")
    else:
        click.echo(f"{school.name} never had another name.")
