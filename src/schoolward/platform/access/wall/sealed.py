"""Triggers on both databases: what is sealed is changed by nobody until its seal is lifted on the record.

``sealed`` refuses every change of a sealed row but one: its seal comes off where an order that sealed it was
lifted and no other order holds it. ``begun`` refuses a new row about a person whose own record is sealed, so
that code which forgets to look writes nothing about somebody who is nowhere.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from schoolward.platform.access.wall import triggers

_ORDERS = """SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND {lifted} EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = {name}
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = {name})"""
KEPT, NONE_BEGUN = "is sealed and never changed", "of a sealed person is not begun"


def names(table: str) -> tuple[str, str]:
    """The triggers that stand on a table."""
    return (f"{table}_sealed", f"{table}_begun")


def in_force(name: str) -> str:
    """An expression of SQL: whether an order that was carried out, and is not lifted, seals a record."""
    return f"EXISTS ({_ORDERS.format(lifted='NOT', name=name)})"


def lifted(name: str) -> str:
    """An expression of SQL: whether an order that sealed a record was lifted, and none is in force."""
    return f"EXISTS ({_ORDERS.format(lifted='', name=name)}) AND NOT {in_force(name)}"


def build(connection: BaseDatabaseWrapper, table: str, label: str) -> None:
    """Put the triggers up in the place of ``final`` on the table of the model of this label."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {triggers.names(table)[1]} ON {table}")
            for statement in _functions():
                cursor.execute(statement)
            for name, head, call in (
                (names(table)[0], f"BEFORE UPDATE ON {table}", f"access_keep_sealed('{label}')"),
                (names(table)[1], f"BEFORE INSERT ON {table}", "access_begin_none()"),
            ):
                condition = " WHEN (OLD.sealed_at IS NOT NULL)" if "UPDATE" in head else ""
                cursor.execute(
                    f"CREATE TRIGGER {name} {head} FOR EACH ROW{condition} EXECUTE FUNCTION {call}"
                )
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        elif connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {triggers.names(table)[1]}")
            name = f"'{label}:' || OLD.id"
            cursor.execute(
                f"CREATE TRIGGER {names(table)[0]} BEFORE UPDATE ON {table} WHEN OLD.sealed_at IS NOT NULL"
                f" AND NOT (NEW.sealed_at IS NULL AND {lifted(name)})"
                f" BEGIN SELECT RAISE(ABORT, 'a row of {table} {KEPT}'); END"
            )
            cursor.execute(
                f"CREATE TRIGGER {names(table)[1]} BEFORE INSERT ON {table} WHEN {in_force('NEW.subject')}"
                f" BEGIN SELECT RAISE(ABORT, 'a row of {table} {NONE_BEGUN}'); END"
            )
        else:
            raise NotImplementedError(f"no wall for {table} on {connection.vendor}")


def _functions() -> tuple[str, str]:
    keep = lifted("TG_ARGV[0] || ':' || OLD.id")
    return (
        f"""
        CREATE OR REPLACE FUNCTION access_keep_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT (NEW.sealed_at IS NULL AND {keep}) THEN
            RAISE EXCEPTION 'a row of % {KEPT}', TG_TABLE_NAME;
          END IF;
          RETURN NEW;
        END $$""",
        f"""
        CREATE OR REPLACE FUNCTION access_begin_none() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {in_force("NEW.subject")} THEN
            RAISE EXCEPTION 'a row of % {NONE_BEGUN}', TG_TABLE_NAME;
          END IF;
          RETURN NEW;
        END $$""",
    )


def tear_down(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take them down: for undoing a migration."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in names(table):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
