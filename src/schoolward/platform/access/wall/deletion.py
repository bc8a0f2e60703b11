"""A trigger on both databases: a protected row goes only by a disposal that two persons stand behind.

It asks for what carrying out asks for, of the tables themselves: an approved batch that is not carried out
lists the row, and no hold names it. It guards whatever forgets to ask; whoever can write into the
batches' tables can also write one (docs/decisions/0074).
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_LISTED = """EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = {label} AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL)"""
_HELD = """EXISTS (
    SELECT 1 FROM access_litigationhold AS hold{names}
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND {named})"""
_NAMES = "{label}, OLD.subject, {label} || ':' || OLD.id"
MESSAGE = "goes only by a reviewed disposal"


def condition(vendor: str, label: str) -> str:
    """What must be true of a row that may go; ``label`` is an expression of SQL."""
    names = _NAMES.format(label=label)
    if vendor == "postgresql":
        held = _HELD.format(names="", named=f"hold.names ?| ARRAY[{names}]")
    else:
        held = _HELD.format(names=", json_each(hold.names) AS name", named=f"name.value IN ({names})")
    return f"{_LISTED.format(label=label)} AND NOT {held}"


def name(table: str) -> str:
    """The trigger that stands on a table."""
    return f"{table}_deletion"


def build(connection: BaseDatabaseWrapper, table: str, label: str) -> None:
    """Put the trigger up on the table of the model of this label. Its tables must be there already."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"""
                CREATE OR REPLACE FUNCTION access_only_disposed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NOT ({condition("postgresql", "TG_ARGV[0]")}) THEN
                    RAISE EXCEPTION 'a row of % {MESSAGE}', TG_TABLE_NAME;
                  END IF;
                  RETURN OLD;
                END $$""")
            cursor.execute(
                f"CREATE TRIGGER {name(table)} BEFORE DELETE ON {table} FOR EACH ROW"
                f" EXECUTE FUNCTION access_only_disposed('{label}')"
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name(table)}")
        elif connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER {name(table)} BEFORE DELETE ON {table}"
                f" WHEN NOT ({condition('sqlite', repr(label))})"
                f" BEGIN SELECT RAISE(ABORT, 'a row of {table} {MESSAGE}'); END"
            )
        else:
            raise NotImplementedError(f"no wall for {table} on {connection.vendor}")


def overwrite(connection: BaseDatabaseWrapper) -> None:
    """Have what is deleted overwritten: else it stays readable in the free pages of SQLite's file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def tear_down(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take it down: for undoing a migration, and for emptying a test database."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name(table)}{on_table}")
