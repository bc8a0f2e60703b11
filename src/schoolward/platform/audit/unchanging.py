"""A migration step for tables whose rows say what happened: the database refuses to change them.

Deleting is left to the foreign keys and to the audit, whose chain keeps what a deleted row said; a trigger
against it would also refuse the emptying of a test database.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

_FUNCTION = """
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$"""


def refuse_updates(*tables: str) -> migrations.RunPython:
    """Return the step that puts a trigger against UPDATE on each table, on SQLite and on PostgreSQL."""

    def build(apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_FUNCTION)
            for table in tables:
                cursor.execute(f"CREATE TRIGGER {table}_unchanging {_clause(connection.vendor, table)}")

    def tear_down(apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            for table in tables:
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_unchanging{on_table}")

    return migrations.RunPython(build, tear_down)


def _clause(vendor: str, table: str) -> str:
    if vendor == "postgresql":
        return f"BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    if vendor == "sqlite":
        return f"BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
    raise NotImplementedError(f"no wall for {table} on {vendor}")
