"""The structure file is what the migrations leave, and makes an empty SQLite database and no other."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from difflib import unified_diff
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pytest_django import DjangoDbBlocker
from scripts import write_structure

from schoolward.platform.structure.making import make, statements_in
from schoolward.platform.structure.writing import text_of

FILE = write_structure.FILE
WRITE_ANEW = "run `python scripts/write_structure.py` and commit the file with the migration"
NAMED = re.compile(r"""INTO "django_migrations" .* VALUES \(\d+, '(\w+)', '(\w+)', CURRENT_TIMESTAMP\)""")


@pytest.fixture
def other(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a SQLite database that is not made yet."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is made by the migrations")
    other = connections.create_connection("default")
    other.alias = "other"
    other.settings_dict = {**other.settings_dict, "NAME": str(tmp_path / "other.sqlite3")}
    connections.databases["other"] = other.settings_dict
    connections["other"] = other
    with django_db_blocker.unblock():
        yield other
        other.close()
    del connections["other"], connections.databases["other"]


def name_of(other: BaseDatabaseWrapper) -> Path:
    return Path(other.settings_dict["NAME"])


def parts_of(other: BaseDatabaseWrapper) -> int:
    with closing(sqlite3.connect(name_of(other))) as database:
        return int(database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0])


def test_the_file_names_every_migration() -> None:
    assert set(NAMED.findall(FILE.read_text())) == set(MigrationLoader(None).disk_migrations), WRITE_ANEW


def test_the_file_is_what_the_migrations_leave() -> None:
    """Tables, indexes, triggers and rows. The migrations are run, which takes most of a minute."""
    kept, made = FILE.read_text().splitlines(), write_structure.text().splitlines()
    differing = list(unified_diff(kept, made, "the file", "the migrations", lineterm="", n=0))
    assert not differing, f"{WRITE_ANEW}:\n" + "\n".join(differing[:20])


def test_an_empty_database_becomes_what_the_file_says(other: BaseDatabaseWrapper) -> None:
    assert make(other, FILE)
    assert write_structure.HEAD + text_of(name_of(other)) == FILE.read_text()
    with other.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_database_with_a_table_is_left_alone(other: BaseDatabaseWrapper) -> None:
    with other.cursor() as cursor:
        cursor.execute("CREATE TABLE of_somebody (id integer)")
    assert not make(other, FILE)
    assert parts_of(other) == 1


def test_no_file_is_no_hindrance(other: BaseDatabaseWrapper, tmp_path: Path) -> None:
    assert not make(other, tmp_path / "structure.sql")


def test_a_migration_that_is_not_installed_leaves_it_to_the_migrations(
    other: BaseDatabaseWrapper, tmp_path: Path
) -> None:
    file = tmp_path / "structure.sql"
    row = (
        "INSERT INTO django_migrations VALUES (9999, 'mfa', '0099_of_another_version', CURRENT_TIMESTAMP);\n"
    )
    file.write_text(FILE.read_text() + row)
    assert not make(other, file)
    assert parts_of(other) == 0


def test_what_breaks_off_in_the_middle_leaves_nothing(other: BaseDatabaseWrapper, tmp_path: Path) -> None:
    file = tmp_path / "structure.sql"
    file.write_text(f"{FILE.read_text()}DROP TABLE nowhere;\n")
    with pytest.raises(OperationalError, match="nowhere"):
        make(other, file)
    assert parts_of(other) == 0
    assert make(other, FILE)


def test_a_migration_that_the_file_does_not_know_is_run(
    other: BaseDatabaseWrapper, tmp_path: Path, settings: LazySettings
) -> None:
    file = tmp_path / "structure.sql"
    lines = FILE.read_text().splitlines(keepends=True)
    file.write_text(
        "".join(line for line in lines if not re.search("django_session|'sessions', '0001", line))
    )
    settings.STRUCTURE_FILE = file
    call_command("migrate", database="other", verbosity=0, interactive=False)
    executor = MigrationExecutor(other)
    assert ("sessions", "0001_initial") in executor.loader.applied_migrations
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert "django_session" in other.introspection.table_names()


def test_migrate_says_where_the_tables_are_from(
    other: BaseDatabaseWrapper, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("migrate", database="other", interactive=False)
    made = capsys.readouterr().out
    assert made.startswith("Made the tables from structure.sql.\n")
    assert "No migrations to apply." in made
    call_command("migrate", database="other", interactive=False)
    assert "Made the tables" not in capsys.readouterr().out


def test_a_plan_is_shown_and_nothing_is_made(
    other: BaseDatabaseWrapper, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("migrate", database="other", plan=True, verbosity=0)
    assert "places.0001_initial" in capsys.readouterr().out
    assert "access_account" not in other.introspection.table_names()


def test_a_statement_ends_with_its_line_and_a_trigger_with_its_end() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"
    text = f"-- head\nCREATE TABLE a (id integer);\n{trigger}SELECT 'x;\ny';\n"
    assert list(statements_in(text)) == [
        "-- head\nCREATE TABLE a (id integer);\n",
        trigger,
        "SELECT 'x;\ny';\n",
    ]
    with pytest.raises(ValueError, match="does not end"):
        list(statements_in("CREATE TABLE a (id integer)"))
