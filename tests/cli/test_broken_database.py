"""A database that is damaged, in the way or out of reach: one sentence, no traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from schoolward.cli.outcome import ExitCode

# In processes whose database is a broken SQLite or a server that is not there, on whichever the tests run.
pytestmark = pytest.mark.no_database
COMMANDS = ("accounts list", "demo --reset", "manage migrate")


def run(command: str, folder: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "schoolward", *command.split()],
        env={**os.environ, "SCHOOLWARD_DATA_DIR": str(folder), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def random_bytes(file: Path) -> None:
    file.write_bytes(bytes(range(7, 256)) * 400)


def damaged_within(file: Path) -> None:
    """A header that SQLite takes, and nonsense behind it."""
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE django_migrations (id integer, app text, name text, applied text)")
    connection.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes(range(256)) * (len(whole) // 256))


HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    "random bytes": (random_bytes, "is damaged, or is no SQLite database"),
    "damaged within": (damaged_within, "is damaged, or is no SQLite database"),
    "a folder": (Path.mkdir, "is a folder, where a file should be"),
}


@pytest.mark.parametrize("harm", HARM)
def test_every_command_ends_in_one_sentence(tmp_path: Path, harm: str) -> None:
    file = tmp_path / "schoolward.sqlite3"
    do_harm, words = HARM[harm]
    do_harm(file)
    before = file.read_bytes() if file.is_file() else None
    for command in COMMANDS:
        ended = run(command, tmp_path)
        assert ended.returncode == ExitCode.NOT_READY, ended.stderr
        assert ended.stderr.startswith("Error: The database"), command
        assert ended.stderr.count("\n") == 1, command
        assert f"{file} {words}" in ended.stderr
        assert "`schoolward doctor`" in ended.stderr
    assert (file.read_bytes() if file.is_file() else None) == before, "what is there is evidence"
    doctor = run("doctor", tmp_path)
    assert doctor.returncode == ExitCode.FOUND_FAULTS, doctor.stderr
    assert f"{file} {words}" in doctor.stdout


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    for command in COMMANDS:
        ended = run(command, tmp_path, "postgres://nobody:secret@127.0.0.1:1/none")
        assert ended.returncode == ExitCode.NOT_READY, ended.stderr
        assert ended.stderr.startswith("Error: PostgreSQL, database none at 127.0.0.1:1 does not answer: ")
        assert ended.stderr.count("\n") == 1
        assert "secret" not in ended.stderr


def test_an_address_of_another_kind(tmp_path: Path) -> None:
    for command in ("doctor", "accounts list"):
        ended = run(command, tmp_path, "foo://x")
        assert ended.returncode == ExitCode.NOT_READY, ended.stderr
        assert ended.stderr.startswith("Error: The settings are wrong: DATABASE_URL begins with foo://")
        assert "postgres://" in ended.stderr
        assert "sqlite://" in ended.stderr
        assert ended.stderr.count("\n") == 1


def test_an_empty_signing_key_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")
    for command in ("run --port 1", "doctor", "accounts list"):
        ended = run(command, tmp_path)
        assert ended.returncode == ExitCode.NOT_READY, ended.stderr
        assert ended.stderr.count("\n") == 1
        assert f"the signing key {tmp_path / 'secret-key'} is empty" in ended.stderr


def test_a_database_that_is_gone_is_not_made_anew_beside_its_anchor(tmp_path: Path) -> None:
    (tmp_path / "audit-anchor").write_text(f"26 {'a' * 64} 2012-09-06T19:00:00+00:00\n")
    for command in ("accounts list", "measure list --json"):
        ended = run(command, tmp_path)
        assert ended.returncode == ExitCode.NOT_READY, ended.stderr
        assert "knows of 26 events" in ended.stderr
        assert ended.stderr.count("\n") == 1
    doctor = run("doctor", tmp_path)
    assert doctor.returncode == ExitCode.FOUND_FAULTS
    assert "knows of 26 events" in doctor.stdout
    assert "put the newest backup back" in doctor.stdout.lower()
