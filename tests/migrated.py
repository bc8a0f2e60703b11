"""A database with all tables, made once by `migrate`; every test database begins as a copy of it.

To make it takes as long as some tests, and on PostgreSQL, by the migrations, as some hundred. The copy is as
good: it is what the product's own command makes, and the set-up of the tests still has Django run whatever
migration is missing.

SQLite's is a file in ``.pytest_cache``, under a name that says from which source it was made: a change of the
source makes another, and the passes of one check share it. PostgreSQL's is a template on the server that the
tests run on, gone with the run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import psycopg
from bench.alarms.cluster import programs
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
NEWEST = 3
"""So many files are kept for whoever goes to and fro between branches."""


@cache
def source() -> str:
    """A short digest of all that a migration could depend on."""
    digest = hashlib.sha256(f"{platform.python_version()} {sqlite3.sqlite_version}".encode())
    files = [ROOT / "requirements" / "run.lock", *sorted((ROOT / "src").rglob("*.py"))]
    files.append(ROOT / "src" / "schoolward" / "config" / "structure.sql")
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT)} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]


def migrate(folder: Path, url: str = "") -> None:
    """Make the tables as an installation does; without a URL, those of SQLite in the folder."""
    environment = {
        **os.environ,
        "SCHOOLWARD_DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT / "src"),
    }
    subprocess.run(
        [sys.executable, "-m", "schoolward", "manage", "migrate", "--skip-checks", "-v", "0"],
        env=environment,
        check=True,
    )


def sqlite_file() -> Path:
    """The file with all tables. It is only copied from."""
    made = KEPT / f"{source()}.sqlite3"
    with _alone("sqlite"):
        if not made.exists():
            with tempfile.TemporaryDirectory(dir=KEPT) as name:
                folder = Path(name)
                migrate(folder)
                file = folder / "schoolward.sqlite3"
                # Out of the write-ahead log, so that one file is all of it.
                with closing(sqlite3.connect(file)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                file.rename(made)
            for old in sorted(KEPT.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-NEWEST]:
                old.unlink()
    return made


def copy_to(folder: Path) -> Path:
    """Give a data folder the tables of an installation that nobody has used; returns the database's file."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(sqlite_file(), folder / "schoolward.sqlite3"))


def postgresql_template(server: str) -> str:
    """The name of the database with all tables on a server; nobody is connected to it."""
    name = f"migrated_{source()}"
    with _alone("postgresql"), psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            making = f"{name}_in_the_making"
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
            with tempfile.TemporaryDirectory() as folder:
                migrate(Path(folder), f"{server.rpartition('/')[0]}/{making}")
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
            )
    return name


def copy_to_server(url: str) -> None:
    """Make the tables in an empty database of another server than the tests run on."""
    server = os.environ["DATABASE_URL"]
    template = f"{server.rpartition('/')[0]}/{postgresql_template(server)}"
    # Tables with row-level security hold no rows yet, and are dumped by whom it binds.
    dumped = subprocess.run(
        [programs() / "pg_dump", "--no-owner", "--enable-row-security", "--inserts", template],
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    subprocess.run(
        [programs() / "psql", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", url],
        input=dumped,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def drop_postgresql_template(server: str) -> None:
    """Remove it where it is there."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(f"migrated_{source()}"))
        )


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """The first process makes it, the others wait for that."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":  # `make test` lets it be made beside the checks of the code
    sqlite_file()
