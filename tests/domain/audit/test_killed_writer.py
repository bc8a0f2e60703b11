"""Writers in processes of their own: killed without warning, and many at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, connections
from tests import migrated

from schoolward.platform.audit import anchor
from schoolward.platform.audit.models import Event
from schoolward.platform.audit.verify import verify

# Acknowledges each event on standard output once `record` and the commit around it have returned.
WRITER = """
import itertools, sys, django
django.setup()
from datetime import UTC, datetime
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
at = datetime(2012, 9, 6, 19, tzinfo=UTC)
by = Viewer.system(at=at, name="writer")
for number in itertools.islice(itertools.count(), int(sys.argv[1]) or None):
    print(record("test.write", by=by, at=at, subject=f"test:{number}").sequence, flush=True)
"""


@pytest.fixture
def database_url(transactional_db: None, settings: LazySettings, tmp_path: Path) -> Iterator[str]:
    """The address of a database that this test and its child processes share."""
    if connection.vendor == "postgresql":
        found = connection.settings_dict
        yield (
            f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
        )
        return
    # The suite's SQLite may live in memory, where no other process can see it.
    file = migrated.copy_to(tmp_path)
    alias = connections.create_connection("default")
    alias.settings_dict = {**connection.settings_dict, "NAME": str(file)}
    before, connections["default"] = connections["default"], alias
    yield f"sqlite:///{file}"
    alias.close()
    connections["default"] = before


def start_writer(events: int, database_url: str) -> subprocess.Popen[str]:
    """Start a writer of so many events (0: until it is killed)."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "schoolward.config.settings",
        "SCHOOLWARD_DATA_DIR": str(anchor.path().parent),
        "SCHOOLWARD_AUDIT_ANCHOR": str(anchor.path()),
    }
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(events)], env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_no_acknowledged_event_is_lost_when_the_writer_is_killed(
    database_url: str, acknowledged: int
) -> None:
    writer = start_writer(0, database_url)
    assert writer.stdout is not None
    for _ in range(acknowledged):
        writer.stdout.readline()
    writer.kill()
    rest = writer.communicate()[0]
    told = [acknowledged, *(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))]
    found = verify()
    assert found.ok, found.faults
    assert found.events >= max(told)
    assert found.anchored >= max(told), "what was acknowledged is anchored too"
    assert found.events <= max(told) + 1, "at most the one event that was under way"


def test_writers_at_the_same_time_make_one_chain(database_url: str) -> None:
    writers = [start_writer(25, database_url) for _ in range(3)]
    told = [int(line) for writer in writers for line in writer.communicate()[0].splitlines()]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert sorted(told) == list(range(1, 76))
    found = verify()
    assert found.ok, found.faults
    assert (found.events, found.anchored, found.warnings) == (75, 75, [])
    assert Event.objects.values("hash").distinct().count() == 75
