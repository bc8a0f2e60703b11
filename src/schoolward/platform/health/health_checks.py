"""Checks of the ground that everything stands on: Python, time zones, disk, database, secrets."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import Error, connection

from schoolward.platform.health import database, schema
from schoolward.platform.health.registry import DATABASE, Finding, check, fail, ok, warn
from schoolward.platform.health.wording import counted

MINIMUM_PYTHON = (3, 11)
FULL_BYTES, NEARLY_FULL_BYTES = 200_000_000, 2_000_000_000
MINIMUM_SECRET_LENGTH, MINIMUM_SECRET_LETTERS = 50, 5  # Django's own measure of a signing key
PARTS_SHOWN = 10
BACKUP = (
    "Keep what is there, and put the newest backup back (docs/how-to/back-up-and-restore.md): no command "
    "makes lost data anew."
)
MAKE_TABLES = (
    "Where nothing was kept yet, run `schoolward run`, which makes them. Otherwise put the newest backup "
    "back (docs/how-to/back-up-and-restore.md)."
)
NEWER = "Run the version that the database was made for, or put back the backup from before that."
MAKE_ROOM = "Free some space now: nothing more can be saved, or soon no more."
REACH = {
    "sqlite": "Let the account that runs Schoolward read and write this file, or correct DATABASE_URL.",
    "postgresql": "Start the database and let this account reach it, or correct DATABASE_URL.",
}
REBUILD = "Run `make frontend`, or install Schoolward from its wheel, which brings it."
SQLITE_SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@check("Python", order=10)
def python_version(at: datetime) -> Finding:
    """The version is one that the code is written for."""
    version = sys.version.split()[0]
    if sys.version_info < MINIMUM_PYTHON:
        return fail(f"Python {version}", "Install Python 3.11 or newer and run `make install` again.")
    return ok(f"Python {version}")


@check("Time zones", order=20)
def time_zone_data(at: datetime) -> Finding:
    """The district's time zone is known, with its summer time."""
    name = settings.TIME_ZONE
    try:
        offset = at.astimezone(ZoneInfo(name)).strftime("%z")
    except (ZoneInfoNotFoundError, ValueError):
        return fail(
            f"the time zone {name!r} is not known",
            "Set SCHOOLWARD_TIME_ZONE to a name like America/Los_Angeles.",
        )
    return ok(f"{name} (now UTC{offset})")


@check("Data folder", order=30)
def data_folder(at: datetime) -> Finding:
    """The folder is there, can be written to, and is closed to other users of the machine."""
    folder = Path(settings.DATA_DIR)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as probe:
            probe.write(b"probe")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return fail(f"the disk is full on which {folder} lies", MAKE_ROOM)
        return fail(
            f"{folder} cannot be written to ({error.strerror})",
            "Give the account that runs Schoolward this folder, or set SCHOOLWARD_DATA_DIR to another.",
        )
    secret = folder / "secret-key"
    if secret.exists() and secret.stat().st_mode & 0o077:
        return fail(f"other users of this machine can read {secret}", f"chmod 600 {secret}")
    return ok(str(folder))


@check("Disk space", order=40)
def disk_space(at: datetime) -> Finding:
    """There is room for what is still to come."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < FULL_BYTES:
        return fail(f"{free / 1e6:.0f} MB free", MAKE_ROOM)
    if free < NEARLY_FULL_BYTES:
        return warn(f"{free / 1e9:.1f} GB free", "Free some space, or move the data folder.")
    return ok(f"{free / 1e9:.1f} GB free")


@check(DATABASE, order=50)
def database_answers(at: datetime) -> Finding:
    """The database answers, is sound, and has every table and column that this version expects."""
    try:
        if not database.is_made():
            return fail(f"{database.address()} has no tables", MAKE_TABLES)
        pending, unknown = database.pending_migrations(), database.unknown_migrations()
        missing = [] if pending else schema.missing_parts()
        damage = database.damage()
        database.ask_for_writing()
    except Error as error:
        return fail(database.trouble(error), _mend(error))
    if damage:
        return fail(f"{database.address()} is damaged: {damage}", BACKUP)
    if unknown:
        newer = f"{database.address()} is of a newer version: this one does not know {', '.join(unknown[:3])}"
        return fail(newer, NEWER)
    if pending:
        said = f"not made yet: {counted(len(pending), 'change')} to the tables"
        return fail(said, "Make a backup, then run `schoolward manage migrate`.")
    if missing:
        shown = ", ".join(missing[:PARTS_SHOWN])
        more = f" and {len(missing) - PARTS_SHOWN} more" if len(missing) > PARTS_SHOWN else ""
        return fail(f"{database.address()} lacks {shown}{more}", BACKUP)
    return ok(f"{database.address()} ({database.version()})")


def _mend(error: Error) -> str:
    if database.is_full(error):
        return MAKE_ROOM
    return BACKUP if database.is_damaged(error) else REACH[connection.vendor]


@check("SQLite settings", order=60, needs_database=True)
def sqlite_settings(at: datetime) -> Finding:
    """What is acknowledged is on the disk, and readers do not wait for writers."""
    if connection.vendor != "sqlite":
        return ok("not used")
    if str(connection.settings_dict["NAME"]).startswith(("file:memory", ":memory:")):
        return warn("the database is in memory, and gone with the process", "Set DATABASE_URL to a file.")
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SQLITE_SETTINGS}
    wrong = {name: value for name, value in found.items() if value != SQLITE_SETTINGS[name]}
    if wrong:
        said = ", ".join(f"{name} is {value}" for name, value in wrong.items())
        mend = "Move the database to a local disk: a network file system cannot keep SQLite safe."
        return fail(said, mend)
    return ok("write-ahead log, full synchronisation, foreign keys enforced")


@check("Pages", order=65)
def front_end(at: datetime) -> Finding:
    """The style sheets and scripts of the pages are built."""
    manifest = Path(str(settings.DJANGO_VITE["default"]["manifest_path"]))
    try:
        parts = json.loads(manifest.read_bytes())
        lost = [part["file"] for part in parts.values() if not (manifest.parent / part["file"]).is_file()]
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return fail("the front end is not built: pages cannot be shown", REBUILD)
    if lost:
        return fail(f"the front end lacks {lost[0]}", REBUILD)
    return ok(f"front end built ({counted(len(parts), 'part')})")


@check("Secrets", order=70)
def secrets(at: datetime) -> Finding:
    """The signing key is strong, and what helps a developer is off where the world can reach it."""
    key = settings.SECRET_KEY
    if len(key) < MINIMUM_SECRET_LENGTH or len(set(key)) < MINIMUM_SECRET_LETTERS:
        return fail("the signing key is weak", "Set SCHOOLWARD_SECRET_KEY to 64 random letters, or unset it.")
    local = {"localhost", "127.0.0.1", "[::1]"}
    reachable = sorted(set(settings.ALLOWED_HOSTS) - local)
    if settings.DEBUG and reachable:
        return fail(f"debugging is on, and {reachable[0]} is served", "Unset SCHOOLWARD_DEBUG.")
    if settings.DEMO and reachable:
        return fail(f"demonstration accounts can sign in at {reachable[0]}", "Unset SCHOOLWARD_DEMO.")
    if reachable and not settings.HTTPS:
        return warn(
            f"{reachable[0]} is served without HTTPS", "Set SCHOOLWARD_SITE_URL to an https:// address."
        )
    return ok(
        "signing key strong; debugging off" if not settings.DEBUG else "signing key strong; debugging on"
    )
