"""As its page says: one role owns the tables, another serves and cannot take the wall down."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from bench.alarms.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "install-on-a-server.md"
STATEMENT = re.compile(r"^ {7}((?:CREATE|ALTER|GRANT|REVOKE) .*;|\\c \w+)$", re.M)
pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the service's role found, in a cluster that was made as the page says."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("SQLite has no roles")
    cluster = Cluster()
    try:
        as_the_page_says(cluster)
        folder = tmp_path_factory.mktemp("two-roles")
        command(cluster, folder, "schoolward_owner", "-m", "schoolward", "manage", "migrate", "-v", "0")
        script = str(Path(__file__).with_name("two_roles_script.py"))
        found = command(cluster, folder, "schoolward", script)
        doctor = command(
            cluster, folder, "schoolward", "-m", "schoolward", "doctor", "--json", is_checked=False
        )
        yield {**json.loads(found.splitlines()[-1]), "doctor": doctor}
    finally:
        cluster.remove()


def as_the_page_says(cluster: Cluster) -> None:
    """Run the page's statements as the database's superuser, on a cluster that has none of it yet."""
    server = f"host=127.0.0.1 port={cluster.port} user=postgres"
    with psycopg.connect(f"{server} dbname=postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE schoolward")
        connection.execute("DROP ROLE schoolward")
    database = "postgres"
    statements = STATEMENT.findall(PAGE.read_text())
    assert len(statements) >= 6
    for statement in statements:
        if statement.startswith("\\c"):
            database = statement.split()[1]
            continue
        with psycopg.connect(f"{server} dbname={database}", autocommit=True) as connection:
            connection.execute(statement)


def command(cluster: Cluster, folder: Path, role: str, *arguments: str, is_checked: bool = True) -> str:
    """What a process of this role writes."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env={
            **os.environ,
            "SCHOOLWARD_DATA_DIR": str(folder),
            "DATABASE_URL": f"postgres://{role}@127.0.0.1:{cluster.port}/schoolward",
            "DJANGO_SETTINGS_MODULE": "schoolward.config.settings",
            "SCHOOLWARD_SECOND_FACTOR": "0",
            "PYTHONPATH": str(ROOT / "src"),
        },
        cwd=folder,
        text=True,
        capture_output=True,
        check=False,
    )
    assert not is_checked or done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_service_neither_owns_a_table_nor_passes_the_wall_by(told: dict[str, Any]) -> None:
    assert told["who"] == [False, False]
    assert told["missing"] == []
    assert "walled" in told["doctor"]
    assert "role that owns them" not in told["doctor"]


def test_answers_and_actions_come_and_another_agency_sees_nothing(told: dict[str, Any]) -> None:
    assert told["answer"] == [200, True]
    assert told["answer to a stranger"][0] in (403, 404)
    assert told["answer to a stranger"][1] is False
    assert (told["outside"], told["own agency"], told["another agency"]) == (0, 1, 0)


def test_the_service_cannot_take_down_or_go_around_the_wall(told: dict[str, Any]) -> None:
    went_through = [what for what, error in told["tried"].items() if not error]
    assert went_through == []
    for what in ("switch a trigger off", "drop a policy", "switch row-level security off", "empty a table"):
        assert "must be owner" in told["tried"][what] or "permission denied" in told["tried"][what]
    assert "permission denied" in told["tried"]["be a replica"]


def test_a_seal_holds_and_comes_off_by_a_second_person(told: dict[str, Any]) -> None:
    assert told["sealed"] == [0, [404, False]]
    assert all(told["tried when sealed"].values())
    assert told["lifted"] == [1, [200, True]]
    assert told["rows"] == [1, 1, 1]
