"""``schoolward forms``: instruments and forms on the command line."""

from __future__ import annotations

import click

from schoolward.cli.instruments import (
    export_instrument,
    import_instrument,
    list_instruments,
    load_instruments,
)


@click.group()
def forms() -> None:
    """Bring in, list and take out instruments; try forms."""


for _command in (import_instrument, list_instruments, export_instrument, load_instruments):
    forms.add_command(_command)
