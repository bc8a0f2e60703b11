"""How a command ends: an exit code that scripts can rely on, and one sentence for the person at the keyboard.

docs/reference/exit-codes.md lists the codes; a test holds the two together.
"""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Sequence
from enum import IntEnum

import click


class ExitCode(IntEnum):
    """Part of the interface: a code never changes its meaning."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    ROWS_REJECTED = 3
    NOT_FOUND = 4
    REFUSED = 5
    NOT_READY = 6
    FOUND_FAULTS = 7


MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "Done.",
    ExitCode.FAILED: "Failed in a way that Schoolward did not expect; the message is a fault to report.",
    ExitCode.USAGE: "The command line is wrong: an unknown command, option or value.",
    ExitCode.ROWS_REJECTED: "Imported, but some rows were rejected; the report names each.",
    ExitCode.NOT_FOUND: "No such measure, import, report or site.",
    ExitCode.REFUSED: "Not permitted, or refused by a rule; the message names the rule.",
    ExitCode.NOT_READY: "It cannot work: no database or audit anchor, port taken, disk full, stale tables.",
    ExitCode.FOUND_FAULTS: (
        "The command worked and found something wrong (`doctor`, `audit verify`, `forms check`, "
        "`alarms simulate`, `plan funding`, `funding ask`, `grants check`, `roster`, `calpads`)."
    ),
}


class CommandError(click.ClickException):
    """An anticipated end: one sentence on standard error, and the code that belongs to it."""

    def __init__(self, sentence: str, code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(sentence)
        self.code = code


def code_of(error: click.ClickException) -> int:
    """The exit code of an error that click or one of our commands has raised."""
    return int(error.code) if isinstance(error, CommandError) else error.exit_code


def show(error: click.ClickException, *, as_json: bool) -> None:
    """Write why a command ended to standard error: a sentence, or with ``as_json`` one line of JSON."""
    if not as_json:
        error.show()
        return
    code = ExitCode(code_of(error))
    mend = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        mend = f"`{error.ctx.command_path} --help` lists what it takes."
    told = {"error": error.format_message(), "mend": mend, "code": int(code), "name": code.name}
    click.echo(json.dumps(told, ensure_ascii=False), err=True)


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for JSON. It is read as text, because it may be what is wrong with it."""
    before_names = arguments[: arguments.index("--")] if "--" in arguments else arguments
    # Django's own commands have options of their own.
    return "--json" in before_names and "manage" not in arguments[:1]


def anticipated(error: Exception) -> CommandError | None:
    """Return the sentence and code of an error that has its own meaning, or ``None`` for a fault of ours."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return CommandError("The disk is full; free some space and try again.", ExitCode.NOT_READY)
    if isinstance(error, PermissionError):
        return CommandError(f"{error.filename}: no permission to read or write it.", ExitCode.NOT_READY)
    if "django" not in sys.modules:
        return None
    return _anticipated_of_ours(error)


def _anticipated_of_ours(error: Exception) -> CommandError | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, OperationalError

    # The disk fills up inside SQLite, and a server goes away inside the driver: neither is a fault of ours.
    if isinstance(error, DatabaseError):
        from schoolward.platform.health import database

        if database.is_full(error):
            return CommandError(
                f"{database.trouble(error)}; free some space and try again.", ExitCode.NOT_READY
            )
        if (
            isinstance(error, OperationalError)
            or database.is_damaged(error)
            or database.lacks_something(error)
        ):
            return CommandError(
                f"{database.trouble(error)}; `schoolward doctor` says what to do.", ExitCode.NOT_READY
            )
    if isinstance(error, ImproperlyConfigured):
        return CommandError(f"The settings are wrong: {error}", ExitCode.NOT_READY)
    try:
        from schoolward.platform.access.permissions import AccessDenied
        from schoolward.platform.audit.guard import AnchorFault
    except ImproperlyConfigured:  # the settings could not be read, and neither can this
        return None
    if isinstance(error, AnchorFault):
        return CommandError(str(error), ExitCode.NOT_READY)
    return CommandError(f"Refused: {error}", ExitCode.REFUSED) if isinstance(error, AccessDenied) else None
