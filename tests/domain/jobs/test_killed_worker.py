"""A worker is killed in the middle of a job: the job is done all the same, and its effect stands once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from tests.domain.jobs import sample_jobs

from schoolward.platform.access.models import Agency
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs import liveness
from schoolward.platform.jobs.actions import enqueue

ROOT = Path(__file__).resolve().parents[3]
WORKER = """
import django, os
django.setup()
from django.conf import settings
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from schoolward.platform.jobs.worker import Worker
Worker(worker_id=os.environ["TEST_WORKER"]).run_pending()
"""


@pytest.fixture
def database_name(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """A name under which another process finds this test's database."""
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        # The suite's SQLite lives in memory. This test needs a file, which a second process can open.
        path = tmp_path / "jobs.sqlite3"
        connection.ensure_connection()
        before = connection.connection, connection.settings_dict["NAME"]
        connection.connection.execute("VACUUM INTO ?", [str(path)])
        connection.connection = None
        connection.settings_dict["NAME"] = str(path)
        yield str(path)
        connection.connection.close()
        connection.connection, connection.settings_dict["NAME"] = before
    else:
        yield str(connection.settings_dict["NAME"])


def start_worker(name: str, database: str, settings: LazySettings) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "TEST_DATABASE": database,
        "TEST_WORKER": name,
        "SCHOOLWARD_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "schoolward.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], env=environment, cwd=ROOT)


def test_a_killed_workers_job_takes_effect_once(
    database_name: str, settings: LazySettings, by: Viewer, tmp_path: Path
) -> None:
    gate, told = tmp_path / "gate", tmp_path / "told"
    os.mkfifo(gate)
    os.mkfifo(told)
    arguments = {"key": "north", "gate": str(gate), "told": str(told)}
    enqueue(sample_jobs.wait_in_the_middle, by=by, at=by.at, **arguments)

    first = start_worker("first", database_name, settings)
    assert told.read_text() == str(first.pid)  # it has written its row, and now waits at the gate
    assert liveness.living_workers() == ["first"]
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert liveness.living_workers() == []
    assert not Agency.objects.exists(), "what the killed worker had written must be gone"

    second = start_worker("second", database_name, settings)
    assert told.read_text() == str(second.pid)
    gate.write_text("go on")
    assert second.wait(timeout=60) == 0
    assert Agency.objects.filter(key="north").count() == 1

    third = start_worker("third", database_name, settings)
    assert third.wait(timeout=60) == 0
    assert Agency.objects.filter(key="north").count() == 1
