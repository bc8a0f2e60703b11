"""Triggers on both databases: nothing goes on by a family's yes that was taken back, or that does not hold.

What was taken back is so on every day. Whether a yes has run out is judged by the day that the row itself
names, because the database's own day is not the one that was acted on: of a start and a completion theirs,
of sessions the day on which they were counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

_OF_SERVICE = "(SELECT consent_id FROM cases_referral WHERE id = NEW.referral_id)"
_OF_OPEN_SERVICE = (
    "(SELECT consent_id FROM cases_referral WHERE id = NEW.referral_id AND state IN ('consented', 'started'))"
)
"""Sessions of a referral that is over are counted late, also where its yes has run out since."""
_STARTS = "NEW.state = 'started' AND OLD.state = 'consented'"
_COMPLETES = "NEW.state = 'completed' AND OLD.state = 'started'"
_COUNTS = "NEW.attended > OLD.attended"


@dataclass(frozen=True, slots=True)
class _Guard:
    """A trigger: on what write of which table it looks, and what it refuses."""

    name: str
    table: str
    head: str
    when: str
    refused: str
    message: str


def _taken_back(consent: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM access_consent AS given WHERE given.id = {consent}"  # noqa: S608 - ours
        " AND given.withdrawn_at IS NOT NULL)"
    )


def _does_not_hold(consent: str, day: str) -> str:
    """Of a row that goes by a consent: whether it names no day, or one on which the consent does not hold."""
    return (
        f"EXISTS (SELECT 1 FROM access_consent AS given WHERE given.id = {consent}"  # noqa: S608 - ours
        f" AND ({day} IS NULL OR {day} < given.valid_from OR {day} > given.valid_to))"
    )


_BACK = "needs a consent that was not taken back"
_RUN_OUT = "needs a consent that holds on its day"
_STATE, _ATTENDED = "BEFORE UPDATE OF state", "BEFORE UPDATE OF attended"
TAKEN_BACK = (
    _Guard("cases_referral_yes", "cases_referral", _STATE, _STARTS, _taken_back("NEW.consent_id"), _BACK),
    _Guard("cases_service_yes", "cases_service", _ATTENDED, _COUNTS, _taken_back(_OF_SERVICE), _BACK),
)
"""Put up by ``cases.0014``."""
OF_A_DAY = (
    _Guard(
        "cases_referral_yes_on_start",
        "cases_referral",
        _STATE,
        _STARTS,
        _does_not_hold("NEW.consent_id", "NEW.started_on"),
        _RUN_OUT,
    ),
    _Guard(
        "cases_referral_yes_on_end",
        "cases_referral",
        _STATE,
        _COMPLETES,
        _does_not_hold("NEW.consent_id", "NEW.ended_on"),
        _RUN_OUT,
    ),
    _Guard(
        "cases_service_yes_on_day",
        "cases_service",
        _ATTENDED,
        _COUNTS,
        _does_not_hold(_OF_OPEN_SERVICE, "NEW.counted_on"),
        _RUN_OUT,
    ),
)
"""Put up by ``cases.0019``, which adds the day on which sessions were counted."""


def build(connection: BaseDatabaseWrapper, guards: tuple[_Guard, ...] = TAKEN_BACK) -> None:
    """Put them up."""
    for one in guards:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"""
                    CREATE OR REPLACE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                      IF {one.refused} THEN RAISE EXCEPTION 'a row of {one.table} {one.message}'; END IF;
                      RETURN NEW;
                    END $$""")
                cursor.execute(
                    f"CREATE TRIGGER {one.name} {one.head} ON {one.table} FOR EACH ROW WHEN ({one.when})"
                    f" EXECUTE FUNCTION {one.name}()"
                )
                cursor.execute(f"ALTER TABLE {one.table} ENABLE ALWAYS TRIGGER {one.name}")
            else:
                cursor.execute(
                    f"CREATE TRIGGER {one.name} {one.head} ON {one.table} WHEN {one.when} AND {one.refused}"
                    f" BEGIN SELECT RAISE(ABORT, 'a row of {one.table} {one.message}'); END"
                )


def tear_down(connection: BaseDatabaseWrapper, guards: tuple[_Guard, ...] = TAKEN_BACK) -> None:
    """Take them down: for undoing a migration."""
    for one in guards:
        on_table = f" ON {one.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {one.name}{on_table}")
