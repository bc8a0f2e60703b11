"""The wall around the audit table: triggers that refuse every change but an append at the end.

Written by hand for both databases, because the libraries that do this for PostgreSQL silently do
nothing on SQLite. ``missing`` tells which part of the wall is not there; the test suite and
``schoolward doctor`` fail on any.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# INSERT OR REPLACE deletes the row in its way without firing SQLite's delete triggers; the insert
# trigger therefore refuses a sequence that is not the next one and a hash that exists.
_SQLITE = {
    "audit_event_no_update": """
        BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events are only ever appended'); END""",
    "audit_event_no_delete": """
        BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events are only ever appended'); END""",
    "audit_event_only_next": """
        BEFORE INSERT ON audit_event
        WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_event)
          OR EXISTS (SELECT 1 FROM audit_event WHERE hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'audit events are only ever appended'); END""",
}
_POSTGRESQL = {
    "audit_event_no_update": "BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_event_no_delete": "BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_event_no_truncate": "BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION audit_refuse()",
    "audit_event_only_next": "BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_only_next()",
}
_POSTGRESQL_FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit events are only ever appended'; END $$""",
    """
    CREATE OR REPLACE FUNCTION audit_only_next() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_event) THEN
        RAISE EXCEPTION 'audit events are only ever appended';
      END IF;
      RETURN NEW;
    END $$""",
)


def build(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers up. Raises ``NotImplementedError`` on a database that has no branch here."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, clause in _SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {clause}")
        elif connection.vendor == "postgresql":
            for statement in _POSTGRESQL_FUNCTIONS:
                cursor.execute(statement)
            for name, clause in _POSTGRESQL.items():
                cursor.execute(f"CREATE TRIGGER {name} {clause}")
                # ALWAYS: an ordinary trigger is skipped by a session that calls itself a replica.
                cursor.execute(f"ALTER TABLE audit_event ENABLE ALWAYS TRIGGER {name}")
        else:
            raise NotImplementedError(f"the audit has no wall on {connection.vendor}")


def tear_down(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers down: for undoing the migration, and for emptying a test database."""
    on_table = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in expected(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def expected(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """The names of the triggers that must stand on this database."""
    return frozenset(_POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are not there, or there but switched off. Empty when the wall stands."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger"
                " WHERE tgrelid = to_regclass('audit_event') AND NOT tgisinternal AND tgenabled = 'A'"
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
            )
        present = {row[0] for row in cursor.fetchall()}
    return sorted(expected(connection) - present)
