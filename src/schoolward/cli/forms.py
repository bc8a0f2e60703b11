"""``schoolward forms``: instruments and forms that are filled on a walk, and what they compute."""

from __future__ import annotations

import click

from schoolward.cli.lazy import LazyGroup

#: A sub-command is one line: name, where its command is, what it does.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": (
        "schoolward.cli.forms_check:check",
        "Say what is wrong with a form, and where it will not travel.",
    ),
    "eval": ("schoolward.cli.forms_eval:evaluate", "Replay a filling session, and print every value."),
    "import": ("schoolward.cli.instruments:import_instrument", "Bring in an instrument."),
    "list": ("schoolward.cli.instruments:list_instruments", "List instruments, with their IDs."),
    "export": (
        "schoolward.cli.instruments:export_instrument",
        "Write an instrument's file, as it came in or in another format.",
    ),
    "fillings": (
        "schoolward.cli.fillings:export_fillings",
        "Write an instrument's filled forms as CSV.",
    ),
    "crosswalk": ("schoolward.cli.fillings:import_crosswalk", "Bring in a crosswalk between instruments."),
    "load": ("schoolward.cli.instruments:load_instruments", "Bring in those that come with Schoolward."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def forms() -> None:
    """Keep instruments; check and evaluate forms (XForm, XLSForm)."""
