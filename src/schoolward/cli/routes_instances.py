"""What the solvers of ``schoolward routes`` share: an instance read from a file as JSON, refused by its
entry."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

import click

from schoolward.cli.outcome import CommandError, ExitCode

_Instance = TypeVar("_Instance")
_MOST_BYTES = 256 << 20

file_argument = click.argument(
    "name", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
seconds_option = click.option(
    "--seconds",
    type=click.FloatRange(min=0, max=86_400),
    default=30.0,
    show_default=True,
    help="Stop after so many seconds with the best found, and the bound proved until then.",
)


def read_json_instance(name: str, read: Callable[[object], _Instance]) -> _Instance:
    """The instance of a file, or of standard input for ``-``. Raises CommandError with REFUSED."""
    with click.open_file(name, "rb") as stream:
        text = stream.read(_MOST_BYTES + 1)
    shown = "standard input" if name == "-" else name
    if len(text) > _MOST_BYTES:
        raise CommandError(f"{shown}: holds more than {_MOST_BYTES >> 20} MB.", ExitCode.REFUSED)
    try:
        return read(json.loads(text))
    except UnicodeDecodeError:
        raise CommandError(f"{shown}: is not text. Save it as JSON in UTF-8.", ExitCode.REFUSED) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise CommandError(f"{shown}: is not JSON ({error.msg} at {where}).", ExitCode.REFUSED) from None
    except RecursionError:
        raise CommandError(f"{shown}: is nested too deeply to be an instance.", ExitCode.REFUSED) from None
    except ValueError as error:
        raise CommandError(f"{shown}: {error}", ExitCode.REFUSED) from None
