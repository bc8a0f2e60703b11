"""A trigger on both databases: about whom a row is changes only where a merging, or its undoing, names it.

It stands in the place of a part of ``fixed``. The person's own row never moves.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "of another person: this is never changed but by a merging"


def name(table: str) -> str:
    """The trigger that stands on a table."""
    return f"{table}_person"


def _named(vendor: str, column: str, row: str) -> str:
    if vendor == "postgresql":
        return f"told.{column} ? ({row})"
    return f"EXISTS (SELECT 1 FROM json_each(told.{column}) AS one WHERE one.value = {row})"  # noqa: S608 - no input in it


def condition(vendor: str, row: str) -> str:
    """What must be true of a row that may move; ``row`` is an expression of SQL, its name."""
    moved, followed = _named(vendor, "moved", row), _named(vendor, "followed", row)
    return f"""EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND {moved})
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND ({moved} OR {followed})))"""  # noqa: S608 - no input in it


def build(connection: BaseDatabaseWrapper, table: str, label: str, columns: Collection[str]) -> None:
    """Put the trigger up. ``columns`` say about whom a row is; ``access_merging`` must be there already."""
    with connection.cursor() as cursor:
        head = f"BEFORE UPDATE OF {', '.join(sorted(columns))} ON {table}"
        if connection.vendor == "postgresql":
            cursor.execute(f"""
                CREATE OR REPLACE FUNCTION access_move_by_merging() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NOT ({condition("postgresql", "TG_ARGV[0] || ':' || OLD.id")}) THEN
                    RAISE EXCEPTION 'a row of % {MESSAGE}', TG_TABLE_NAME;
                  END IF;
                  RETURN NEW;
                END $$""")
            cursor.execute(
                f"CREATE TRIGGER {name(table)} {head} FOR EACH ROW"
                f" EXECUTE FUNCTION access_move_by_merging('{label}')"
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name(table)}")
        elif connection.vendor == "sqlite":
            row = f"'{label}:' || OLD.id"
            cursor.execute(
                f"CREATE TRIGGER {name(table)} {head} WHEN NOT ({condition('sqlite', row)})"
                f" BEGIN SELECT RAISE(ABORT, 'a row of {table} {MESSAGE}'); END"
            )
        else:
            raise NotImplementedError(f"no wall for {table} on {connection.vendor}")


def tear_down(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take it down: for undoing a migration."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name(table)}{on_table}")
