"""The walls stand on whichever database the suite runs on, refuse, and are missed when gone."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from domain.access.protected.comparing import Stage
from domain.access.protected.ward import Ward
from domain.access.protected.worlds import ROWS
from schoolward.platform.access.deciding import Unprotected
from schoolward.platform.access.health_checks import walls
from schoolward.platform.access.models import Agreement, Consent, Emergency, Lifting, Sealing
from schoolward.platform.access.policy import Across, ModelPolicy, Protection, Rule, visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import OutsideTheWall, row_security, standing, triggers, within

WALLED = [*(one.table for one in standing.KEPT), "access_consent", "tests_ward"]


def on_table(table: str) -> str:
    return f" ON {table}" if connection.vendor == "postgresql" else ""


def test_every_wall_stands(stage: Stage) -> None:
    assert standing.missing(connection) == []
    assert standing.missing(connection, [Ward]) == []
    assert [model._meta.db_table for model in standing.protected()] == [
        "access_consent",
        "cases_academymember",
        "cases_academypresence",
        "cases_attendanceday",
        "cases_boardcontract",
        "cases_centrevisit",
        "cases_classseat",
        "cases_contact",
        "cases_contractterm",
        "cases_diversioncase",
        "cases_followup",
        "cases_goal",
        "cases_guardian",
        "cases_lookalike",
        "cases_monthlytrack",
        "cases_parentcontact",
        "cases_planstep",
        "cases_referral",
        "cases_releasecorrection",
        "cases_rosterdifference",
        "cases_seatduty",
        "cases_service",
        "cases_servicehours",
        "cases_step",
        "cases_termproof",
        "cases_truancydeed",
        "cases_visitfollowup",
        "cases_youth",
    ]


@pytest.mark.parametrize("table", WALLED)
def test_a_lost_trigger_is_told(table: str, stage: Stage) -> None:
    name = sorted(triggers.present(connection, table))[-1]
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table(table)}")
    assert standing.missing(connection, [Consent, Ward]) == [f"trigger {name}"]


@pytest.mark.postgresql
@pytest.mark.parametrize("statement", ["DISABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"])
def test_row_security_that_is_off_is_told(statement: str, stage: Stage, at: datetime) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE access_consent {statement}")
    assert standing.missing(connection) == ["row-level security of access_consent"]
    assert walls(at).status == "fail"


@pytest.mark.postgresql
@pytest.mark.parametrize("policy", row_security.POLICIES)
def test_a_lost_policy_is_told(policy: str, stage: Stage) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP POLICY {policy} ON access_consent")
    assert standing.missing(connection) == [f"policy {policy} of access_consent"]
    standing.rebuild(connection)
    assert standing.missing(connection) == []


def test_what_was_taken_down_is_put_up_again(stage: Stage) -> None:
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER access_agreement_fixed{on_table('access_agreement')}")
    assert standing.missing(connection)
    standing.rebuild(connection)
    assert standing.missing(connection) == []


CHANGES = {
    "terms of an agreement": ("access_agreement", "fields = '[]'"),
    "party of an agreement": ("access_agreement", "recipient_id = owner_id"),
    "revocation taken back": ("access_agreement", "revoked_at = NULL"),
    "signature": ("access_signature", "role = 'forged'"),
    "whose seal": ("access_sealing", "record = 'access.Ward:1'"),
    "part of a seal": ("access_sealedpart", "record = 'access.Ward:1'"),
    "reason of a lifting": ("access_lifting", "reason = 'another'"),
    "seal taken off": ("access_sealing", "sealed_at = NULL"),
    "reason of an emergency": ("access_emergency", "reason = 'another'"),
    "end of an emergency": ("access_emergency", "closes_at = '2030-01-01'"),
    "judgement": ("access_emergency", "note = 'another'"),
    "whose consent": ("access_consent", "subject = 'access.Ward:7'"),
    "end of a consent": ("access_consent", "valid_to = '2030-01-01'"),
    "whose row": ("tests_ward", "agency_id = agency_id"),
    "about whom": ("tests_ward", "subject = 'access.Ward:7'"),
    "class of a row": ("tests_ward", "record_class = 'public'"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_stays_cannot_be_changed_by_raw_sql(what: str, stage: Stage, at: datetime, by: Viewer) -> None:
    a_row_of_each(stage, at)
    table, change = CHANGES[what]
    with (
        within(by, sealing=True),
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - from the table above


def a_row_of_each(stage: Stage, at: datetime) -> None:
    district, police = stage.agencies["district"], stage.agencies["police"]
    agreement = Agreement.objects.create(
        title="x",
        owner_id=district,
        recipient_id=police,
        valid_from=at.date(),
        valid_to=at.date(),
        revoked_at=at,
    )
    chief = stage.memberships["lead@district"]
    agreement.signatures.create(
        agency_id=district, account=chief.account, role="lead", at=at, terms_sha256="0" * 64
    )
    sealing = Sealing.objects.create(
        record="access.Ward:9",
        subject="access.Ward:9",
        agency_id=district,
        ground="court_order",
        reason="x",
        ordered_at=at,
        due_on=at.date(),
        sealed_at=at,
    )
    sealing.parts.create(record="access.Ward:10")
    Lifting.objects.create(sealing=sealing, reason="x", at=at, by=chief.account)
    Emergency.objects.create(
        membership=chief,
        account=chief.account,
        subject="access.Ward:9",
        reason="x",
        opened_at=at.replace(hour=1),
        closes_at=at,
        reviewed_at=at,
        judgement="justified",
    )
    with within(Viewer.system(at=at)):
        Consent.objects.create(
            agency_id=district,
            subject="access.Ward:8",
            record_class="protected",
            recipient_id=police,
            category="health",
            purpose="records",
            given_by="parent",
            valid_from=at.date(),
            valid_to=at.date(),
            recorded_at=at,
        )


def test_a_sealed_row_never_changes(stage: Stage, by: Viewer) -> None:
    with within(by, sealing=True):
        sealed = Ward.including_sealed.filter(sealed_at__isnull=False)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            sealed.update(note="another")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            sealed.update(sealed_at=None)
        assert Ward.objects.update(note="another") == sum(not row.sealed for row in ROWS)


def test_code_that_forgets_to_ask_meets_no_sealed_row(stage: Stage, by: Viewer) -> None:
    unsealed = sum(not row.sealed for row in ROWS)
    with within(by):
        assert Ward.objects.count() == unsealed
        assert Ward._base_manager.count() == unsealed
        assert not Ward.objects.filter(sealed_at__isnull=False).exists()


def test_a_protected_table_is_asked_inside_the_wall(stage: Stage, by: Viewer) -> None:
    with pytest.raises(OutsideTheWall):
        visible(Ward.objects.all(), by)
    other = Viewer.anonymous(at=by.at)
    with within(by), pytest.raises(OutsideTheWall):
        visible(Ward.objects.all(), other)


@pytest.mark.postgresql
def test_outside_the_wall_nothing_is_seen_and_nothing_written(stage: Stage, by: Viewer) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    assert Ward.objects.count() == 0
    with within(by):
        assert Ward.objects.count() > 0
    assert Ward.objects.count() == 0
    assert Ward.objects.update(note="another") == 0
    row = {"subject": "access.Ward:9", "record_class": "police", "worker": 1, "campus": 1}
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Ward.objects.create(agency_id=stage.agencies["police"], **row)


@pytest.mark.postgresql
def test_an_agency_writes_no_rows_of_another(stage: Stage) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    from domain.access.protected.oracle import Someone

    viewer = stage.viewer(Someone("lead", "police", "records", None, "lead@police"))
    row = {"subject": "access.Ward:9", "record_class": "police", "worker": 1, "campus": 1}
    with within(viewer):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Ward.objects.create(agency_id=stage.agencies["district"], **row)
        changed = Ward.objects.update(note="another")
    assert changed == sum(row.agency == "police" and not row.sealed for row in stage.rows.values())


@pytest.mark.postgresql
def test_a_role_that_passes_the_wall_by_is_told(
    stage: Stage, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    assert standing.who_connects(connection) == (False, True)  # the suite's role owns its tables
    assert walls(at).status == "warn"
    monkeypatch.setattr(standing, "who_connects", lambda *_connection: (True, False))
    assert walls(at).status == "fail"


def test_a_protected_table_without_protection_shows_nothing(
    stage: Stage, by: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolward.platform.access import policy

    monkeypatch.setitem(policy._policies, "access.Ward", ModelPolicy("access.Ward", ()))
    with within(by), pytest.raises(Unprotected):
        visible(Ward.objects.all(), by)
    monkeypatch.delitem(policy._policies, "access.Ward")
    with within(by):
        assert not visible(Ward.objects.all(), by).exists()


def test_a_policy_that_would_leak_is_refused() -> None:
    lead = frozenset({"lead"})
    with pytest.raises(ValueError, match="whose rows it reaches"):
        ModelPolicy("access.Ward", (Rule("any", lead),), Protection())
    with pytest.raises(ValueError, match="needs a protection"):
        ModelPolicy("access.Ward", (Rule("any", lead, across=Across.AGREEMENT),))
    for fields in ({"counselling"}, {"*"}):
        with pytest.raises(ValueError, match="an emergency opens named fields"):
            ModelPolicy("access.Ward", (), Protection({"counselling": "health"}, lead, frozenset(fields)))
