"""Triggers on both databases: which columns never change, and which value is the row's last.

``fixed`` refuses a statement that sets any column but those that may change. ``final`` refuses every change
of a row that has come to its end: sealed, revoked, judged. Deleting is left to foreign keys and to the audit,
as in ``audit.unchanging``: a trigger against it would also refuse the emptying of a test database.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper

_FUNCTION = """
    CREATE OR REPLACE FUNCTION access_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this of % is never changed', TG_TABLE_NAME; END $$"""


def names(table: str) -> tuple[str, ...]:
    """The triggers that stand on a table."""
    return (f"{table}_fixed", f"{table}_final")


def build(
    connection: BaseDatabaseWrapper,
    table: str,
    *,
    changeable: Collection[str],
    final: str | None,
    unless: str = "",
) -> None:
    """Put the triggers up. ``final`` is the column that, once filled, ends all change ``unless`` this."""
    with connection.cursor() as cursor:
        columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
    fixed = [f'"{column}"' for column in columns if column not in changeable]
    _create(connection, table, f"{table}_fixed", f"BEFORE UPDATE OF {', '.join(fixed)} ON {table}", "")
    if final is not None:
        finish(connection, table, final, unless)


def finish(connection: BaseDatabaseWrapper, table: str, final: str, unless: str = "") -> None:
    """Put up the trigger that refuses every change of a row whose ``final`` column is filled."""
    ended = f"OLD.{final} IS NOT NULL" + (f" AND NOT ({unless})" if unless else "")
    _create(connection, table, f"{table}_final", f"BEFORE UPDATE ON {table}", ended)


def _create(connection: BaseDatabaseWrapper, table: str, name: str, head: str, condition: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        cursor.execute(f"CREATE TRIGGER {name} {_clause(connection.vendor, table, head, condition)}")
        if connection.vendor == "postgresql":
            # ALWAYS: an ordinary trigger is skipped by a session that calls itself a replica.
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def _clause(vendor: str, table: str, head: str, condition: str) -> str:
    when = f" WHEN ({condition})" if condition else ""
    if vendor == "postgresql":
        return f"{head} FOR EACH ROW{when} EXECUTE FUNCTION access_refuse()"
    if vendor == "sqlite":
        return f"{head}{when} BEGIN SELECT RAISE(ABORT, 'this of {table} is never changed'); END"
    raise NotImplementedError(f"no wall for {table} on {vendor}")


def tear_down(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers down: for undoing a migration."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in names(table):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def tear_down_fixed(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take down only what keeps the columns, to put it up for fewer of them."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {names(table)[0]}{on_table}")


def present(connection: BaseDatabaseWrapper, table: str) -> frozenset[str]:
    """The triggers of a table that are there and not switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger"
                " WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal AND tgenabled = 'A'",
                [table],
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        return frozenset(row[0] for row in cursor.fetchall())
