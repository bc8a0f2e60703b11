"""Questions about the database that are asked before there are tables to ask: does it answer, is it made?"""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

_DAMAGE = ("file is not a database", "malformed")
_FULL, _UNREADABLE = "database or disk is full", "disk I/O error"
_NO_ROOM_BYTES = 1_000_000
_MISSING = ("no such table", "no such column")
_UNDEFINED = ("42P01", "42703")  # undefined_table, undefined_column
_DISK_FULL = "53100"


def is_made() -> bool:
    """Whether the database holds tables of ours. Raises ``django.db.Error`` when it does not answer."""
    return MigrationRecorder(connection).has_table()


def pending_migrations() -> list[str]:
    """The changes to the tables that are still to be made, as ``app.name``, in order."""
    executor = MigrationExecutor(connection)
    plan: list[Any] = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def unknown_migrations() -> list[str]:
    """The changes that a newer version has made to our tables, as ``app.name``."""
    loader = MigrationExecutor(connection).loader
    strange = set(loader.applied_migrations) - set(loader.disk_migrations)
    return sorted(f"{app}.{name}" for app, name in strange if app in loader.migrated_apps)


def address() -> str:
    """Where the database is, without user or password."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(found["NAME"])
    host = f"{found['HOST']}:{found['PORT'] or 5432}" if found["HOST"] else "a local socket"
    return f"{connection.display_name}, database {found['NAME']} at {host}"


def trouble(error: Exception) -> str:
    """One sentence, without its full stop, about an error of the database: which one, and what is wrong."""
    said = first_line(error)
    if is_full(error):
        return f"The disk is full on which the database ({address()}) lies"
    if lacks_something(error):
        return f"The database ({address()}) lacks what this version expects: {said}"
    if connection.vendor != "sqlite":
        return f"{address()} does not answer: {said}"
    file = Path(str(connection.settings_dict["NAME"]))
    if file.is_dir():
        return f"The database {file} is a folder, where a file should be"
    if is_damaged(error):
        return f"The database file {file} is damaged, or is no SQLite database ({said})"
    if _UNREADABLE in said:
        return f"The disk on which the database file {file} lies does not read or write it ({said})"
    return f"The database file {file} cannot be used: {said}"


def is_damaged(error: Exception) -> bool:
    """Whether SQLite says that the file does not hold what it should."""
    return isinstance(error, DatabaseError) and any(words in str(error) for words in _DAMAGE)


def is_full(error: Exception) -> bool:
    """Whether the database's disk has no room left. SQLite may not get as far as to say so.

    It fails already at the file beside the database that a reader needs, and calls that an I/O error.
    """
    if not isinstance(error, DatabaseError):
        return False
    if connection.vendor != "sqlite":
        return getattr(error.__cause__, "sqlstate", None) == _DISK_FULL
    return _FULL in str(error) or (_UNREADABLE in str(error) and _free_bytes() < _NO_ROOM_BYTES)


def _free_bytes() -> float:
    folder = Path(str(connection.settings_dict["NAME"])).parent
    return shutil.disk_usage(folder).free if folder.is_dir() else math.inf


def lacks_something(error: Exception) -> bool:
    """Whether a table or a column is not there: SQLite says so in words, PostgreSQL by a code."""
    code = getattr(error.__cause__, "sqlstate", None)
    return code in _UNDEFINED or (isinstance(error, DatabaseError) and str(error).startswith(_MISSING))


def ask_for_writing() -> None:
    """Raise ``OperationalError`` where the database takes no writes; a writer at work is no matter."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            if cursor.fetchone()[0] == "on":
                raise OperationalError("it takes no writes (transaction_read_only is on)")
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # What is written is what is there, and is undone: the beginning of a transaction asks for nothing
            # where the file cannot be written to.
            version = cursor.execute("PRAGMA user_version").fetchone()[0]
            cursor.execute(f"PRAGMA user_version = {version}")
            transaction.set_rollback(True)
    except OperationalError as error:
        if "locked" not in str(error):
            raise


def damage() -> str:
    """What SQLite finds wrong in its file on a walk through all of it; empty when it is sound, or not SQLite.

    Raises ``DatabaseError`` where the damage ends the walk.
    """
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        found = str(cursor.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else found.splitlines()[-1]


def version() -> str:
    """The database's name and version."""
    return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"


def first_line(error: Exception) -> str:
    """What the database said, without the driver's further explanation."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
