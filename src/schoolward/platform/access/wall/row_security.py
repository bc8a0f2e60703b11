"""Row-level security of protected tables on PostgreSQL, written by hand.

Who is looking is told by :mod:`.context`. A query that was told nothing sees nothing. It guards against a
filter that somebody forgot, not against somebody who can run SQL of their own as the runtime role: such a
person can set the same settings (docs/decisions/0071).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

_AGENCY = "(SELECT NULLIF(current_setting('schoolward.agency', true), '')::bigint)"
_AT = "(SELECT NULLIF(current_setting('schoolward.at', true), '')::timestamptz)"
_DAY = "(SELECT NULLIF(current_setting('schoolward.day', true), '')::date)"
_SYSTEM = "(SELECT current_setting('schoolward.system', true) = 'on')"
_PURPOSE = "(SELECT current_setting('schoolward.purpose', true))"
_MEMBERSHIP = "(SELECT NULLIF(current_setting('schoolward.membership', true), '')::bigint)"

UNSEALED = "(sealed_at IS NULL OR (SELECT current_setting('schoolward.sealing', true) = 'on'))"
UNDER_AGREEMENT = f"""(agency_id, record_class) IN (
    SELECT agreement.owner_id, class.value
      FROM access_agreement AS agreement
      JOIN access_agency AS owner ON owner.id = agreement.owner_id AND owner.revoked_at IS NULL
      CROSS JOIN LATERAL jsonb_array_elements_text(agreement.record_classes) AS class
     WHERE agreement.recipient_id = {_AGENCY}
       AND agreement.revoked_at IS NULL
       AND {_DAY} BETWEEN agreement.valid_from AND agreement.valid_to
       AND agreement.purposes ? {_PURPOSE}
       AND 2 = (SELECT COUNT(*) FROM access_signature AS signed
                 WHERE signed.agreement_id = agreement.id AND signed.at <= {_AT}
                   AND signed.agency_id IN (agreement.owner_id, agreement.recipient_id)))"""  # noqa: S608 - no input in it
IN_AN_EMERGENCY = f"""subject IN (
    SELECT emergency.subject FROM access_emergency AS emergency
     WHERE emergency.membership_id = {_MEMBERSHIP}
       AND emergency.reviewed_at IS NULL
       AND emergency.opened_at <= {_AT} AND emergency.closes_at > {_AT})"""  # noqa: S608 - no input in it
POLICIES = ("wall_read", "wall_insert", "wall_update", "wall_delete")


def readable_by(readers: Sequence[str]) -> str:
    """The condition of reading a row; ``readers`` are the columns that name an agency which may."""
    own = " OR ".join(f"{column} = {_AGENCY}" for column in readers)
    return f"{UNSEALED} AND ({_SYSTEM} OR {own} OR {UNDER_AGREEMENT} OR {IN_AN_EMERGENCY})"


def build(connection: BaseDatabaseWrapper, table: str, readers: Sequence[str] = ("agency_id",)) -> None:
    """Put row-level security up. Its owner is held to it as well. Nothing to do on SQLite."""
    if connection.vendor != "postgresql":
        return
    own = f"({_SYSTEM} OR agency_id = {_AGENCY})"
    with connection.cursor() as cursor:
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({readable_by(readers)})",
            f"CREATE POLICY wall_insert ON {table} FOR INSERT WITH CHECK ({own})",
            f"CREATE POLICY wall_update ON {table} FOR UPDATE USING ({own}) WITH CHECK ({own})",
            f"CREATE POLICY wall_delete ON {table} FOR DELETE USING ({own})",
        ):
            cursor.execute(statement)


def tear_down(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take it down: for undoing a migration."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for policy in POLICIES:
            cursor.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def missing(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """What of it is not there; empty where it stands, and on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = to_regclass(%s)", [table]
        )
        enabled, forced = cursor.fetchone() or (False, False)
        cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [table])
        present = {row[0] for row in cursor.fetchall()}
    lost = [f"row-level security of {table}"] if not (enabled and forced) else []
    return lost + [f"policy {name} of {table}" for name in POLICIES if name not in present]
