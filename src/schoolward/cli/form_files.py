"""Form files on the command line: read whatever they are, with the files that lie beside them."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.protocols.xforms.compiling import CompiledForm, compile_form
from schoolward.protocols.xforms.compiling.files import file_name
from schoolward.protocols.xforms.loading import LoadedForm, load_form
from schoolward.protocols.xforms.problems import FormRefused


def name_of(file: BinaryIO) -> str:
    """The file's name without folders; ``-`` for standard input."""
    return Path(str(getattr(file, "name", None) or "-")).name


def load(file: BinaryIO, media: Path | None) -> tuple[LoadedForm, CompiledForm]:
    """Read and compile a form; its files are looked for in ``media``, or beside it.

    Raises :class:`FormRefused`.
    """
    name = name_of(file)
    loaded = load_form(file.read(), name)
    folder = media or Path(str(getattr(file, "name", None) or "")).parent
    files = dict(loaded.files)
    for address in loaded.definition.external.values():
        path = folder / file_name(address)
        if path.is_file():
            files[path.name] = path.read_bytes()
    return loaded, compile_form(loaded.definition, files)


def refused(name: str, error: FormRefused) -> CommandError:
    """The end of a command whose form cannot be used."""
    told = "; ".join(str(problem) for problem in error.problems[:5])
    more = f" … and {len(error.problems) - 5:,} more" if len(error.problems) > 5 else ""
    return CommandError(
        f"{name} cannot be used: {told}{more} (`schoolward forms check {name}` lists everything)",
        ExitCode.REFUSED,
    )
