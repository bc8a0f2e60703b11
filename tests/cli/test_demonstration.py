"""The demonstration keeps away from real records: it is not mixed into them, and does not clear them away."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from tests import migrated
from tests.cli.conftest import Ended

from schoolward.cli import installation, serve
from schoolward.cli.outcome import ExitCode
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import anchor
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import actions, contents
from schoolward.platform.demo.clock import DEMONSTRATION_DAY

Run = Callable[..., Ended]
# In processes whose database is SQLite's, on whichever the tests run.
ON_SQLITE = pytest.mark.no_database
SCHOOLS = "cds_code,name,kind,address\n34000000000001,Maple Elementary,Elementary,3301 37th Avenue\n"


def run(folder: Path, *command: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command, or a piece of Python, in a process of its own and on an SQLite database of its own."""
    arguments = ["-c", f"import django; django.setup(); {code}"] if code else ["-m", "schoolward", *command]
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "SCHOOLWARD_DATA_DIR": str(folder), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """An installation with one real school, and no account yet."""
    migrated.copy_to(tmp_path)
    (tmp_path / "schools.csv").write_text(SCHOOLS)
    done = run(tmp_path, "import", "schools", str(tmp_path / "schools.csv"))
    assert done.returncode == ExitCode.DONE, done.stderr
    return tmp_path


@ON_SQLITE
def test_a_reset_refuses_real_records(district: Path) -> None:
    kept = {name: (district / name).read_bytes() for name in ("schoolward.sqlite3", "audit-anchor")}
    ended = run(district, "demo", "--reset", "--json")
    assert ended.returncode == ExitCode.REFUSED
    told = json.loads(ended.stderr.splitlines()[-1])["error"]
    assert "1 school, " in told
    assert "--set-aside" in told
    assert {name: (district / name).read_bytes() for name in kept} == kept


@ON_SQLITE
def test_what_is_set_aside_is_whole(district: Path) -> None:
    code = (
        "from schoolward.cli import installation; from schoolward.platform.demo import actions, contents;"
        "print(*actions.set_aside(at=installation.now()), sep='\\n');"
        "assert contents.is_empty(), 'made anew'"
    )
    ended = run(district, code=code)
    assert ended.returncode == 0, ended.stderr
    database, old_anchor = map(Path, ended.stdout.split())
    with sqlite3.connect(database) as kept:
        assert kept.execute("SELECT name FROM places_school").fetchall() == [("Maple Elementary",)]
    kept.close()
    assert old_anchor.read_text().splitlines()[-1].startswith("1 ")


@ON_SQLITE
def test_a_demonstration_is_cleared_with_all_that_it_left(tmp_path: Path) -> None:
    migrated.copy_to(tmp_path)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "photograph").write_text("of an invented place")
    code = (
        "from schoolward.cli import installation; from schoolward.platform.demo import actions, contents;"
        "from schoolward.platform.access.models import Account;"
        "from schoolward.platform.audit.actions import record;"
        "by = installation.operator();"
        "Account.objects.create_user('lead@demo.example', name='Lead', is_demonstration=True);"
        "record(contents.LOADED, by=by, at=by.at, subject='demo:district');"
        "assert actions.is_loaded(); actions.clear(); assert contents.is_empty(), 'made anew'"
    )
    ended = run(tmp_path, code=code)
    assert ended.returncode == 0, ended.stderr
    with sqlite3.connect(tmp_path / "schoolward.sqlite3") as anew:
        assert anew.execute("SELECT COUNT(*) FROM audit_event").fetchone() == (0,)
    anew.close()
    assert not (tmp_path / "files").exists()
    assert not (tmp_path / "audit-anchor").exists()


@ON_SQLITE
def test_a_demonstration_is_not_mixed_into_real_records(district: Path) -> None:
    ended = run(district, "demo", "--if-empty", "--json")
    assert (ended.returncode, json.loads(ended.stdout)["loaded"]) == (ExitCode.DONE, [])
    assert run(district, "demo").returncode == ExitCode.REFUSED


@ON_SQLITE
def test_an_anchor_that_knows_more_is_no_demonstration(district: Path) -> None:
    (district / "schoolward.sqlite3").unlink()
    ended = run(district, "demo", "--reset")
    assert ended.returncode == ExitCode.REFUSED
    assert "anchor knows of 1 event, " in ended.stderr


@pytest.mark.django_db
class TestContents:
    def test_nothing_is_empty_and_nobodys(self) -> None:
        assert contents.is_empty()
        assert contents.of_others() == ""

    def test_a_demonstration_is_its_own(self, by: Viewer, at: datetime) -> None:
        Account.objects.create_user("lead@demo.example", name="Lead", is_demonstration=True)
        record("exchange.imported", by=by, at=at, subject="exchange.ImportRun:1")
        record(contents.LOADED, by=by, at=at, subject="demo:district")
        assert not contents.is_empty()
        assert contents.of_others() == ""

    def test_a_file_brought_in_beside_it_is_not(self, by: Viewer, at: datetime) -> None:
        record(contents.LOADED, by=by, at=at, subject="demo:district")
        later = at.replace(hour=20)
        record("exchange.imported", by=by, at=later, subject="exchange.ImportRun:2")
        assert "brought in" in contents.of_others()

    def test_a_real_account_is_not(self) -> None:
        Account.objects.create_user("ana@district.example", name="Ana")
        assert "accounts" in contents.of_others()

    def test_tables_that_are_not_there_hold_nothing(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reports_edition RENAME TO gone")
        assert contents.is_empty()

    def test_a_start_beside_real_records_says_so(
        self, capsys: pytest.CaptureFixture[str], schoolward: Run, tmp_path: Path
    ) -> None:
        file = tmp_path / "schools.csv"
        file.write_text(SCHOOLS)
        assert schoolward("import", "schools", file).code == ExitCode.DONE
        serve._load_demonstration()
        assert "starts without the demonstration" in capsys.readouterr().err
        assert not actions.is_loaded()
        assert installation.today() != DEMONSTRATION_DAY

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's file is moved in the tests above")
    def test_a_schema_is_set_aside_whole(self, by: Viewer, at: datetime) -> None:
        record("test.done", by=by, at=at, subject="test:1")
        assert actions._set_database_aside("until-1") == "schema until_1"
        assert "audit_event" not in connection.introspection.table_names()
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM until_1.audit_event")
            assert cursor.fetchone() == (1,)

    def test_an_anchor_without_its_events(self, by: Viewer, at: datetime) -> None:
        anchor.begin(at=at)
        anchor.append(count=26, head="a" * 64, at=at)
        assert "knows of 26 events" in contents.of_others()
