"""A SQLite database as statements that make it anew: tables, indexes, triggers, and the rows that are there.

The same database gives the same text: nothing of the day on which it was made, and no setting of the machine.
Needs no Django, so that a script can write the file and a test can hold two databases against each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

APPLIED = "django_migrations"
_WHEN_APPLIED = "applied"
_ORDER = ("table", "view", "index", "trigger")


def text_of(database: Path) -> str:
    """The statements, each from the beginning of a line, in an order in which they can be run.

    When a migration was applied is written as the moment at which the statements are run. SQLite's own
    bookkeeping (``sqlite_%``) is left out: it follows from the rest.
    """
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        lines = [f"{statement};\n" for statement in (*_making(connection), *_filling(connection))]
    return "".join(lines)


def _making(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite keeps of each part, in its own words: tables first, by name within a kind."""
    found = connection.execute(
        "SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        " ORDER BY name"
    ).fetchall()
    for kind in _ORDER:
        yield from (sql for its_kind, sql in found if its_kind == kind)


def _filling(connection: sqlite3.Connection) -> Iterator[str]:
    """The rows of every table, in the order of their keys."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        " ORDER BY name"
    ).fetchall()
    for (table,) in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]
        values = ", ".join(_literal(table, column) for column in columns)
        names = ", ".join(_quoted(column) for column in columns)
        # Names are those that the database itself gave.
        rows = connection.execute(f"SELECT {values} FROM {_quoted(table)} ORDER BY {names}")  # noqa: S608
        for row in rows:
            yield f"INSERT INTO {_quoted(table)} ({names}) VALUES ({', '.join(row)})"  # noqa: S608


def _literal(table: str, column: str) -> str:
    """An expression whose value is the column's value as SQLite would read it."""
    if (table, column) == (APPLIED, _WHEN_APPLIED):
        return "'CURRENT_TIMESTAMP'"
    return f"quote({_quoted(column)})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
