"""What the service's role does and tries on a real PostgreSQL; run by test_two_roles, its answers as JSON."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import Error, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from schoolward.domains.cases import actions  # noqa: E402
from schoolward.domains.cases.models import Guardian, Referral, Youth  # noqa: E402
from schoolward.platform.access import sealing  # noqa: E402
from schoolward.platform.access.middleware import MEMBERSHIP_KEY, PURPOSE_KEY  # noqa: E402
from schoolward.platform.access.models import Account, Agency, Membership  # noqa: E402
from schoolward.platform.access.queries import viewer_for  # noqa: E402
from schoolward.platform.access.viewer import Viewer  # noqa: E402
from schoolward.platform.access.wall import standing, within  # noqa: E402

NOW = datetime.now(UTC)
TRIED = {
    "switch a trigger off": "ALTER TABLE cases_youth DISABLE TRIGGER cases_youth_sealed",
    "switch all triggers off": "ALTER TABLE cases_youth DISABLE TRIGGER ALL",
    "be a replica": "SET session_replication_role = replica",
    "drop a trigger": "DROP TRIGGER cases_youth_deletion ON cases_youth",
    "change what a trigger does": "CREATE OR REPLACE FUNCTION access_keep_sealed() RETURNS trigger"
    " LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "switch row-level security off": "ALTER TABLE cases_youth DISABLE ROW LEVEL SECURITY",
    "not force it": "ALTER TABLE cases_youth NO FORCE ROW LEVEL SECURITY",
    "drop a policy": "DROP POLICY wall_read ON cases_youth",
    "empty a table": "TRUNCATE cases_youth CASCADE",
    "become the owner": "SET ROLE schoolward_owner",
    "become superuser": "ALTER ROLE schoolward SUPERUSER",
    "pass row-level security by": "ALTER ROLE schoolward BYPASSRLS",
    "make a table": "CREATE TABLE mine (id int)",
    "delete a youth": "DELETE FROM cases_youth",
    "unseal one": "UPDATE cases_youth SET sealed_at = NULL",
    "hand one to another agency": "UPDATE cases_youth SET agency_id = agency_id",
    "rewrite the audit": "UPDATE audit_event SET action = 'x'",
    "cut the audit": "DELETE FROM audit_event",
}


def membership(role: str, agency: Agency) -> Membership:
    """A person in a role."""
    account = Account.objects.create(
        email=f"{role}.{agency.key}@example.org", name=f"The {role}", created_at=NOW
    )
    return Membership.objects.create(
        account=account, agency=agency, role=role, all_sites=True, valid_from=date(2020, 1, 1)
    )


def answer(held: Membership, path: str, purpose: str) -> tuple[int, bool]:
    """The status of what a signed-in person is answered, and whether it tells what the referral is about."""
    client = Client()
    client.force_login(held.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PURPOSE_KEY], session[MEMBERSHIP_KEY] = purpose, held.pk
    session.save()
    got = client.get(path, HTTP_HOST="localhost", secure=True)
    return got.status_code, b"attendance" in got.content


def refused(statement: str) -> str:
    """The error of a statement inside the widest part of the wall; empty where it went through."""
    try:
        with within(Viewer.system(at=NOW), sealing=True), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            if statement.startswith(("UPDATE", "DELETE")) and cursor.rowcount == 0:
                return "touched nothing"
    except Error as error:
        return str(error).splitlines()[0]
    return ""


def counted(viewer: Viewer | None) -> int:
    """How many young people plain SQL sees."""
    with connection.cursor() as cursor:
        if viewer is None:
            cursor.execute("SELECT COUNT(*) FROM cases_youth")
            return int(cursor.fetchone()[0])
        with within(viewer):
            cursor.execute("SELECT COUNT(*) FROM cases_youth")
            return int(cursor.fetchone()[0])


def main() -> dict[str, Any]:
    """Act, look and try."""
    settings.ALLOWED_HOSTS = ["localhost"]
    district = Agency.objects.create(key="district", name="District", kind="district", created_at=NOW)
    other = Agency.objects.create(key="police", name="Police", kind="police", created_at=NOW)
    keeper, guard = membership("program_coordinator", district), membership("privacy_officer", district)
    stranger, lead = membership("lead", other), membership("lead", district)
    by = viewer_for(keeper, at=NOW, purpose="youth_program")
    made = actions.refer(
        booking=actions.Booking(
            legal_name="Invented Person",
            born_on=date(NOW.year - 14, 3, 1),
            need="attendance",
            guardian_name="Invented Mother",
            family_knows=True,
            invented=True,
        ),
        by=by,
        at=NOW,
    )
    actions.take(referral_id=made.pk, by=by, at=NOW)
    actions.log_contact(referral_id=made.pk, way="call", minutes=5, reached=True, by=by, at=NOW)
    path, told = f"/api/v1/cases/referrals/{made.pk}", {}
    told["who"] = list(standing.who_connects(connection))
    told["missing"] = standing.missing(connection)
    told["answer"] = answer(keeper, path, "youth_program")
    told["answer to a stranger"] = answer(stranger, path, "school_safety")
    told["outside"] = counted(None)
    told["own agency"] = counted(by)
    told["another agency"] = counted(viewer_for(stranger, at=NOW, purpose="school_safety"))
    told["tried"] = {
        what: refused(statement)
        for what, statement in TRIED.items()
        if what != "unseal one"  # none is sealed yet
    }
    order = sealing.order(
        record_name=f"cases.Youth:{made.youth_id}",
        ground="court_order",
        reason="Order",
        due_on=NOW.date(),
        by=viewer_for(guard, at=NOW, purpose="records"),
        at=NOW,
    )
    sealing.seal(sealing_id=order.pk, by=viewer_for(guard, at=NOW, purpose="records"), at=NOW)
    told["sealed"] = [counted(Viewer.system(at=NOW)), answer(keeper, path, "youth_program")]
    told["tried when sealed"] = {
        what: refused(TRIED[what]) for what in ("unseal one", "delete a youth", "switch all triggers off")
    }
    sealing.lift(
        sealing_id=order.pk, reason="Mistake", by=viewer_for(lead, at=NOW, purpose="records"), at=NOW
    )
    told["lifted"] = [counted(by), answer(keeper, path, "youth_program")]
    with within(Viewer.system(at=NOW)):
        told["rows"] = [model.objects.count() for model in (Youth, Guardian, Referral)]
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()) + "\n")
