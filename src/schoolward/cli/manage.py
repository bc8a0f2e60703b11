"""Django's own commands, for whoever looks after the database: ``schoolward manage migrate``, ``shell`` …"""

from __future__ import annotations

import click

from schoolward.cli import installation


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    epilog="\b\nExample:\n  schoolward manage migrate",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands: migrate, shell, dbshell, createsuperuser …"""
    installation.start(database=False)
    from django.core.management import ManagementUtility

    ManagementUtility(["schoolward manage", *(arguments or ("help",))]).execute()
