"""``schoolward forms``: forms that are filled on a walk, and what they compute."""

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
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def forms() -> None:
    """Check and evaluate forms (XForm, XLSForm)."""
