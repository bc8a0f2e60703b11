"""What doctor notices of the database itself: dropped parts, damage, and a door that is closed to writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, connections

from schoolward.cli.outcome import anticipated
from schoolward.platform.health import database, schema
from schoolward.platform.health.registry import Diagnosis, Status, diagnose

pytestmark = pytest.mark.django_db


def found(name: str, at: datetime) -> Diagnosis:
    return next(diagnosis for diagnosis in diagnose(at=at) if diagnosis.name == name)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_database_as_it_was_made_lacks_nothing() -> None:
    assert schema.missing_parts() == []


@pytest.mark.parametrize(
    ("statement", "lost"),
    [
        ("DROP TABLE django_session", "table django_session"),
        ("ALTER TABLE access_agency RENAME COLUMN name TO nome", "column access_agency.name"),
        ("ALTER TABLE access_membership_campuses RENAME TO gone", "table access_membership_campuses"),
    ],
)
def test_what_somebody_dropped_is_named_with_the_mend(at: datetime, statement: str, lost: str) -> None:
    sql(statement)
    assert schema.missing_parts() == [lost]
    told = found("Database", at)
    assert told.status is Status.FAIL
    assert f"lacks {lost}" in told.found
    assert "back-up-and-restore.md" in told.mend
    assert found("Audit chain", at).found.startswith("not looked at")


def test_a_long_list_is_cut(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "missing_parts", lambda: [f"table t{number}" for number in range(13)])
    assert found("Database", at).found.endswith("table t9 and 3 more")


def test_a_query_that_meets_the_gap_says_so() -> None:
    sql("ALTER TABLE django_session RENAME TO gone")
    with pytest.raises((OperationalError, ProgrammingError)) as met:
        sql("SELECT * FROM django_session")
    assert database.lacks_something(met.value)
    assert "lacks what this version expects" in database.trouble(met.value)


def test_a_fault_in_a_query_of_ours_is_not_dressed_up() -> None:
    with pytest.raises((OperationalError, ProgrammingError)) as met:
        sql("SELEKT 1")
    assert not database.lacks_something(met.value)
    assert not database.is_damaged(met.value)


@pytest.mark.parametrize("said", ["file is not a database", "database disk image is malformed"])
def test_damage_is_told_apart(said: str) -> None:
    assert database.is_damaged(DatabaseError(said))
    assert not database.is_damaged(sqlite3.DatabaseError(said)), (
        "only what came through Django is anticipated"
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="in the words of SQLite")
@pytest.mark.parametrize(
    ("said", "free", "is_full"),
    [
        ("database or disk is full", 10**9, True),
        ("disk I/O error", 0, True),
        ("disk I/O error", 10**9, False),
        ("file is not a database", 0, False),
    ],
)
def test_a_full_disk_is_no_damage(
    at: datetime, monkeypatch: pytest.MonkeyPatch, said: str, free: int, is_full: bool
) -> None:
    error = OperationalError(said)
    monkeypatch.setattr(database, "_free_bytes", lambda: free)
    assert database.is_full(error) is is_full
    assert database.is_damaged(error) is (said == "file is not a database")

    def fail() -> bool:
        raise error

    monkeypatch.setattr(database, "is_made", fail)
    told = found("Database", at)
    assert ("The disk is full" in told.found) is is_full
    assert ("Free some space" in told.mend) is is_full
    known = anticipated(error)
    assert known is not None
    assert ("free some space" in known.message) is is_full


@pytest.mark.skipif(connection.vendor != "postgresql", reason="in the codes of PostgreSQL")
def test_a_full_disk_of_a_server_is_told_by_its_code() -> None:
    error = OperationalError("could not extend file")
    error.__cause__ = Exception()
    error.__cause__.sqlstate = "53100"  # type: ignore[attr-defined]
    assert database.is_full(error)


def test_damage_that_only_a_walk_finds(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database.damage() == ""
    monkeypatch.setattr(database, "damage", lambda: "row 3 missing from index x")
    told = found("Database", at)
    assert (told.status, "row 3 missing" in told.found) == (Status.FAIL, True)


@pytest.fixture
def closed_to_writes(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The default database, as an account meets it that may only read."""
    if connection.vendor == "postgresql":
        sql("SET default_transaction_read_only = on")
        yield
        sql("SET default_transaction_read_only = off")
        return
    file = tmp_path / "closed.sqlite3"
    sqlite3.connect(file).execute("VACUUM").connection.close()
    closed = connections.create_connection("default")
    closed.settings_dict = {
        **connection.settings_dict,
        "NAME": f"file:{file}?mode=ro",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "uri": True},
    }
    before, connections["default"] = connections["default"], closed
    yield
    closed.close()
    connections["default"] = before


def test_a_database_that_is_open() -> None:
    database.ask_for_writing()


def test_a_database_that_takes_no_writes(closed_to_writes: None) -> None:
    with pytest.raises(OperationalError, match=r"readonly|takes no writes"):
        database.ask_for_writing()


def test_doctor_tells_that_it_takes_no_writes(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(database, "ask_for_writing", refuse)
    told = found("Database", at)
    assert told.status is Status.FAIL
    assert "readonly database" in told.found
