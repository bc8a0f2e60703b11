"""Questions about the database that are asked before there are tables to ask: does it answer, is it made?"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def is_made() -> bool:
    """Whether the database holds tables of ours. Raises ``django.db.Error`` when it does not answer."""
    return MigrationRecorder(connection).has_table()


def pending_migrations() -> list[str]:
    """The changes to the tables that are still to be made, as ``app.name``, in order."""
    executor = MigrationExecutor(connection)
    plan: list[Any] = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def address() -> str:
    """Where the database is, without user or password."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(found["NAME"])
    host = f"{found['HOST']}:{found['PORT'] or 5432}" if found["HOST"] else "a local socket"
    return f"{connection.display_name}, database {found['NAME']} at {host}"


def version() -> str:
    """The database's name and version."""
    return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"


def first_line(error: Exception) -> str:
    """What the database said, without the driver's further explanation."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
