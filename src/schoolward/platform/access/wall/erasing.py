"""A trigger on both databases: what was written about a person in an emergency goes with the person's record.

Who looked, when, at whom by number, and how it was judged stays for ever. The words may name a child, so
the reason and the judge's note become empty, once, in the disposal that two persons stand behind and that
lists the person's record; anything else that would change the reason is refused (docs/decisions/0098).
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "access_emergency"
NAME = "access_emergency_words"
WORDS = frozenset({"reason", "note", "erased_at"})
KEEPS_JUDGEMENT = (
    "OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.judgement = OLD.judgement"
    " AND NEW.reviewed_at = OLD.reviewed_at AND NEW.reviewed_by_id = OLD.reviewed_by_id"
)
"""What an erasing leaves of an emergency that was judged; the trigger of what is final lets it by."""
_TOUCHES = """(NEW.reason <> OLD.reason
    OR COALESCE(NEW.erased_at <> OLD.erased_at, NEW.erased_at IS NOT NULL OR OLD.erased_at IS NOT NULL))"""
_ERASES = """(NEW.reason = '' AND NEW.note = '' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
  AND EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE rule."table" || ':' || listed.number = OLD.subject AND listed.taken_out_at IS NULL
       AND batch.is_approved AND batch.carried_out_at IS NULL))"""
MESSAGE = "is never changed; its words go with the record alone"


def build(connection: BaseDatabaseWrapper) -> None:
    """Put the trigger up. The tables of disposals must be there already."""
    refused = f"{_TOUCHES} AND NOT {_ERASES}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"""
                CREATE OR REPLACE FUNCTION access_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF {refused} THEN RAISE EXCEPTION 'an emergency {MESSAGE}'; END IF;
                  RETURN NEW;
                END $$""")
            cursor.execute(
                f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW"
                " EXECUTE FUNCTION access_only_erased()"
            )
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {NAME}")
        elif connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} WHEN {refused}"
                f" BEGIN SELECT RAISE(ABORT, 'an emergency {MESSAGE}'); END"
            )
        else:
            raise NotImplementedError(f"no wall for {TABLE} on {connection.vendor}")


def tear_down(connection: BaseDatabaseWrapper) -> None:
    """Take it down: for undoing a migration."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}{on_table}")
