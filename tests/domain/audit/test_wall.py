"""The triggers around the audit table, proven on whichever database the suite runs on."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import wall
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db


def test_wall_stands_on_this_database() -> None:
    assert connection.vendor in ("sqlite", "postgresql")
    assert len(wall.expected(connection)) == {"sqlite": 3, "postgresql": 4}[connection.vendor]
    assert wall.missing(connection) == []


def test_a_lost_trigger_is_told() -> None:
    on_table = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_event_no_delete{on_table}")
    assert wall.missing(connection) == ["audit_event_no_delete"]


@pytest.mark.postgresql
def test_a_trigger_that_is_switched_off_is_told() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update")
    assert wall.missing(connection) == ["audit_event_no_update"]


SQL = {
    "update": "UPDATE audit_event SET account_name = 'somebody else'",
    "delete": "DELETE FROM audit_event",
    "insert in the middle": (
        "INSERT INTO audit_event SELECT sequence + 7, at, account_id, account_name, membership_id, agency_id,"
        " role, purpose, action, subject, outcome, detail, previous_hash, previous_hash FROM audit_event"
        " WHERE sequence = 1"
    ),
}
SQL_OF_ONE = {
    "sqlite": {
        "replace by number": (
            "REPLACE INTO audit_event SELECT sequence, at, account_id, 'forged', membership_id, agency_id,"
            " role, purpose, action, subject, outcome, detail, previous_hash, previous_hash FROM audit_event"
            " WHERE sequence = 1"
        ),
        "replace by hash": (
            "REPLACE INTO audit_event SELECT 3, at, account_id, 'forged', membership_id, agency_id,"
            " role, purpose, action, subject, outcome, detail, previous_hash, hash FROM audit_event"
            " WHERE sequence = 1"
        ),
    },
    "postgresql": {
        "truncate": "TRUNCATE audit_event",
        "update as a replica": (
            "SET LOCAL session_replication_role = replica; UPDATE audit_event SET account_name = 'forged'"
        ),
    },
}
ATTACKS = [*SQL, *SQL_OF_ONE["sqlite"], *SQL_OF_ONE["postgresql"]]


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_sql_cannot_change_the_past(attack: str, by: Viewer, at: datetime) -> None:
    statement = {**SQL, **SQL_OF_ONE[connection.vendor]}.get(attack)
    if statement is None:
        pytest.skip(f"this database has no {attack}")
    record("test.one", by=by, at=at, subject="test:1")
    record("test.two", by=by, at=at, subject="test:2")
    before = list(Event.objects.values_list())
    with (
        # An ordinary role may not even call itself a replica; a superuser may, and meets the trigger.
        pytest.raises(DatabaseError, match=r"only ever appended|permission denied to set parameter"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(Event.objects.values_list()) == before


def test_the_orm_cannot_change_the_past(by: Viewer, at: datetime) -> None:
    event = record("test.one", by=by, at=at, subject="test:1")
    event.account_name = "somebody else"
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(role="lead"),
        lambda: Event.objects.update(sequence=F("sequence") + 1),
    ):
        with pytest.raises(DatabaseError, match="only ever appended"), transaction.atomic():
            attempt()
    event.refresh_from_db()
    assert event.account_name == by.account_name


def test_the_wall_comes_down_and_goes_up_again(by: Viewer, at: datetime) -> None:
    """The migration can be undone; this is also how a test database is emptied."""
    record("test.one", by=by, at=at, subject="test:1")
    wall.tear_down(connection)
    assert wall.missing(connection) == sorted(wall.expected(connection))
    wall.build(connection)
    assert wall.missing(connection) == []
