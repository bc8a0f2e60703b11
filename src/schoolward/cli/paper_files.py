"""Writing the files of papers into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode


def write_files(made: Callable[[], Iterable[tuple[str, bytes]]], out: Path, *, as_json: bool) -> None:
    """Write what ``made`` gives by name and content, and say where. A folder that is not there is made."""
    from schoolward.reports.errors import CannotPrint

    paths: list[str] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in made():
            (out / name).write_bytes(content)
            paths.append(str(out / name))
    except CannotPrint as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    except OSError as error:
        raise CommandError(
            f"The folder {out} cannot be used ({error.strerror}); give another with --out.",
            ExitCode.NOT_READY,
        ) from None
    if as_json:
        terminal.write_json({"paths": paths})
        return
    for path in paths:
        click.echo(path)
