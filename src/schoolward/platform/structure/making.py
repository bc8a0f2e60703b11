"""Making an empty SQLite database from the structure file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def make(connection: BaseDatabaseWrapper, file: Path) -> bool:
    """Give an empty SQLite database the tables of the file; returns whether it did.

    It does nothing on another database, on one that holds any table, and where the file names a migration
    that the installed code does not have: a library is of another version then, and its own migrations are
    right. All in one transaction: whoever is killed meanwhile leaves an empty database, and of two at the
    same moment the second finds it made.
    """
    if connection.vendor != "sqlite" or not file.exists() or not _is_empty(connection):
        return False
    statements = list(statements_in(file.read_text(encoding="utf-8")))
    with transaction.atomic(using=connection.alias):
        if not _is_empty(connection):
            return False
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        applied = set(MigrationRecorder(connection).applied_migrations())
        known = set(MigrationLoader(None).disk_migrations)
        if not applied <= known:
            transaction.set_rollback(True, using=connection.alias)
            return False
    return True


def statements_in(text: str) -> Iterator[str]:
    """The statements of a file in which each ends with its line. A trigger ends where SQLite says so."""
    begun = ""
    for line in text.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""
    if begun.strip():
        raise ValueError(f"the last statement does not end: {begun.strip()[:80]}")


def _is_empty(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        return cursor.fetchone() is None
