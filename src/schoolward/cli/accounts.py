"""``schoolward accounts``: who can sign in, and the first administrator of a new installation."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode


@click.group()
def accounts() -> None:
    """List accounts, or make the first administrator; everything else is done on the pages."""


@accounts.command(name="list", epilog="\b\nExample:\n  schoolward accounts list --json")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def list_accounts(as_json: bool) -> None:
    """List every account with what it may act as today."""
    installation.start()
    from schoolward.platform.access.models import Account
    from schoolward.platform.access.queries import live_memberships

    at = installation.now()
    found = [(account, live_memberships(account, at)) for account in Account.objects.order_by("email")]
    if as_json:
        terminal.write_json(
            [
                {
                    "email": account.email,
                    "name": account.name,
                    "active": account.is_active,
                    "demonstration": account.is_demonstration,
                    "memberships": [str(membership) for membership in memberships],
                }
                for account, memberships in found
            ]
        )
        return
    terminal.write_table(
        ("E-MAIL", "STATE", "ACTS AS"),
        [
            (account.email, "active" if account.is_active else "closed", "; ".join(map(str, memberships)))
            for account, memberships in found
        ],
    )


@accounts.command(
    epilog='\b\nExample:\n  schoolward accounts create-administrator ana@district.example --name "Ana" '
    '--district "River City Unified"'
)
@click.argument("email")
@click.option("--name", required=True, help="The person's name, as colleagues will see it.")
@click.option("--district", required=True, help="The district's name; it is made if it is new.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def create_administrator(email: str, name: str, district: str, as_json: bool) -> None:
    """Open the account of an administrator, and print the address where they choose a password."""
    installation.start()
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from schoolward.platform.access.actions import AccountExists, UnfitMembership, invitation_path
    from schoolward.platform.access.founding import appoint_administrator

    try:
        validate_email(email)
    except ValidationError:
        raise click.BadParameter(f"{email!r} is no e-mail address.", param_hint="EMAIL") from None
    by = installation.operator()
    try:
        account = appoint_administrator(email=email, name=name, agency_name=district, by=by, at=by.at)
    except (AccountExists, UnfitMembership) as error:
        raise CommandError(f"{error}.", ExitCode.REFUSED) from None
    address = f"{settings.SITE_URL}{invitation_path(account)}"
    if as_json:
        terminal.write_json({"email": account.email, "name": account.name, "address": address})
    else:
        click.echo(address)
    terminal.say(
        "Open this address within three days to choose a password. It is worth one: do not mail it on."
    )
