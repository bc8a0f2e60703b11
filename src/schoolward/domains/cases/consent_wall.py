"""Triggers on both databases: nothing goes on by a family's yes that was taken back.

They know of no day, because the database's own is not the one that was acted on: that a consent has run out
is the action's to refuse. What was taken back is so on every day.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

NAMES = {"cases_referral": "cases_referral_yes", "cases_service": "cases_service_yes"}
MESSAGE = "needs a consent that was not taken back"
_TAKEN_BACK = "SELECT 1 FROM access_consent AS given WHERE given.withdrawn_at IS NOT NULL AND given.id = "
_OF_SERVICE = "(SELECT consent_id FROM cases_referral WHERE id = NEW.referral_id)"
#: By table: before what, and when it is refused.
_HELD = {
    "cases_referral": (
        "BEFORE UPDATE OF state",
        "NEW.state = 'started' AND OLD.state = 'consented'",
        "NEW.consent_id",
    ),
    "cases_service": ("BEFORE UPDATE OF attended", "NEW.attended > OLD.attended", _OF_SERVICE),
}


def build(connection: BaseDatabaseWrapper) -> None:
    """Put them up."""
    for table, (head, when, consent) in _HELD.items():
        name, taken_back = NAMES[table], f"EXISTS ({_TAKEN_BACK}{consent})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"""
                    CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                      IF {taken_back} THEN RAISE EXCEPTION 'a row of {table} {MESSAGE}'; END IF;
                      RETURN NEW;
                    END $$""")
                cursor.execute(
                    f"CREATE TRIGGER {name} {head} ON {table} FOR EACH ROW WHEN ({when})"
                    f" EXECUTE FUNCTION {name}()"
                )
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
            else:
                cursor.execute(
                    f"CREATE TRIGGER {name} {head} ON {table} WHEN {when} AND {taken_back}"
                    f" BEGIN SELECT RAISE(ABORT, 'a row of {table} {MESSAGE}'); END"
                )


def tear_down(connection: BaseDatabaseWrapper) -> None:
    """Take them down: for undoing a migration."""
    for table, name in NAMES.items():
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
