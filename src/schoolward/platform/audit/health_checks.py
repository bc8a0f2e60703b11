"""Is the audit walled, whole and anchored?"""

from __future__ import annotations

from datetime import datetime

from django.db import Error, connection

from schoolward.platform.audit import anchor, wall
from schoolward.platform.audit.guard import RE_ANCHOR, lost_database
from schoolward.platform.audit.verify import IN_CHAIN, verify
from schoolward.platform.health.database import is_made
from schoolward.platform.health.registry import Finding, check, fail, ok, warn
from schoolward.platform.health.wording import counted


@check("Audit anchor", order=55)
def anchor_file(at: datetime) -> Finding:
    """The anchor's database is there, and nobody else on the machine can write to the anchor."""
    file = anchor.path()
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return ok("none yet")
    except OSError as error:
        return fail(f"{file} cannot be looked at ({error.strerror})", "Give this account the file's folder.")
    if mode & 0o022:
        return fail(f"other users of this machine can write to {file}", f"chmod 600 {file}")
    try:
        lost = "" if is_made() else lost_database()
    except Error:  # another check tells of it
        lost = ""
    if lost:
        found, mend = lost.split(": ", 1)
        return fail(found, f"{mend[0].upper()}{mend[1:]}")
    return ok(str(file))


@check("Audit wall", order=80, needs_database=True)
def triggers(at: datetime) -> Finding:
    """The triggers that refuse to change or delete an event are up."""
    missing = wall.missing(connection)
    if missing:
        return fail(
            f"these triggers are missing: {', '.join(missing)}",
            "Find out who took them down, then put them up again: `schoolward audit wall`.",
        )
    return ok(f"{len(wall.expected(connection))} triggers refuse every change but an append")


@check("Audit chain", order=90, needs_database=True)
def chain(at: datetime) -> Finding:
    """No event was edited, deleted or cut off, by the chain itself and by the anchor outside the database."""
    verification = verify()
    if not verification.ok:
        first = verification.faults[0]
        said = f"{counted(verification.faults_in_all, 'fault')}, the first: {first.words}"
        if first.kind in IN_CHAIN:
            return fail(said, "Keep the database as it is, and read `schoolward audit verify`.")
        return fail(
            f"{said}; what has to be audited is refused",
            f"Put database and anchor back as they belong together; if one is lost, run {RE_ANCHOR}.",
        )
    if verification.warnings:
        return warn(verification.warnings[0], "Read `schoolward audit verify`.")
    events = counted(verification.events, "event")
    return ok("; ".join([f"{events}, whole and anchored", *verification.notes]))
