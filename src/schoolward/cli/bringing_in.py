"""Files that are kept whole and dated, brought in from the command line: instruments and crosswalks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode


def bring_in(
    file: BinaryIO,
    *,
    add: Callable[..., Any],
    tell: Callable[[Any], dict[str, Any]],
    sentence: Callable[[dict[str, Any]], str],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring a file in by the action ``add`` and say what came of it; a dry run leaves nothing.

    ``tell`` gives what is known of the file that was added (``is_new`` among it), ``sentence`` the beginning
    of what is said. Raises ``CommandError`` with ``REFUSED`` where the action refuses the file.
    """
    from django.db import transaction

    from schoolward.domains.assessments.actions import AssessmentRefused

    by = installation.operator()
    name = Path(str(getattr(file, "name", None) or "-")).name
    if name in ("-", "<stdin>"):
        name = "standard-input.yaml"
    try:
        with transaction.atomic():
            told = tell(add(content=file.read(), name=name, by=by, at=installation.moment()))
            if dry_run:
                transaction.set_rollback(True)
    except AssessmentRefused as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json({**told, "dry_run": dry_run})
        return
    what = "is here already, unchanged"
    if told["is_new"]:
        what = "would be new" if dry_run else "is brought in"
    click.echo(f"{sentence(told)}, {what}.")
