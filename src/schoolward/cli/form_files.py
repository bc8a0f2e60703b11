"""Form files on the command line: read whatever they are, with the files that lie beside them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.protocols.xforms.compiling import CompiledForm
from schoolward.protocols.xforms.compiling.files import file_name
from schoolward.protocols.xforms.loading import LoadedForm, compile_loaded, load_form
from schoolward.protocols.xforms.problems import FormRefused

STANDARD_INPUT = Path("-")
READABLE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
"""A file that can be read, or ``-``; it is opened late, so that none stays open where an option is wrong."""


def read(file: Path) -> bytes:
    """The bytes of a file, or of standard input."""
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()


def load(file: Path, media: Path | None) -> tuple[LoadedForm, CompiledForm]:
    """Read and compile a form; its files are looked for in ``media``, or beside it.

    Raises :class:`FormRefused`.
    """
    loaded = load_form(read(file), file.name)
    folder = media or file.parent
    files = dict(loaded.files)
    for address in loaded.definition.external.values():
        path = folder / file_name(address)
        if path.is_file():
            files[path.name] = path.read_bytes()
    return loaded, compile_loaded(loaded, files)


def refused(name: str, error: FormRefused) -> CommandError:
    """The end of a command whose form cannot be used."""
    told = "; ".join(str(problem) for problem in error.problems[:5])
    more = f" … and {len(error.problems) - 5:,} more" if len(error.problems) > 5 else ""
    return CommandError(
        f"{name} cannot be used: {told}{more} (`schoolward forms check {name}` lists everything)",
        ExitCode.REFUSED,
    )
