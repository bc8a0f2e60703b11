"""Builders are killed over and over in the middle of their work: every signal is there once all the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms import lease
from schoolward.domains.alarms.models import AlarmSystem, Case, CaseEntry, Lease, ReadPosition, Signal

ROOT = Path(__file__).resolve().parents[3]
SEGMENTS, FRAMES = 80, 12
BUILDER = """
import django, os
django.setup()
from django.conf import settings
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from schoolward.domains.alarms.builder import running, segments
from schoolward.platform.jobs.stopping import StopRequest
segments.MOST_FRAMES = 30
running.run(StopRequest(), os.environ["TEST_HOLDER"])
"""


@pytest.fixture
def database_name(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """A name under which another process finds this test's database."""
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        path = tmp_path / "alarms.sqlite3"
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


def start(holder: str, database: str, settings: LazySettings) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "TEST_DATABASE": database,
        "TEST_HOLDER": holder,
        "SCHOOLWARD_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "schoolward.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )


def read() -> int:
    """How far the journal was read."""
    return sum(ReadPosition.objects.values_list("sequence", flat=True))


def write(receiver: Receiver) -> int:
    """A journal in which every third frame is a repetition. How many are none."""
    number = 0
    for segment in range(SEGMENTS):
        for frame in range(FRAMES):
            at = NIGHT + timedelta(seconds=10 * (segment * FRAMES + frame))
            if frame % 3 != 2:
                number += 1
            code = ("BA", "BR", "TA", "FA", "QQ")[number % 5]
            receiver.frame(f"Nri1/{code}{number % 7:03d}", number=number, at=at)
        receiver.commit(stored_at=at)
    return number


def test_builders_that_are_killed_lose_and_repeat_nothing(
    database_name: str, receiver: Receiver, system: AlarmSystem, settings: LazySettings
) -> None:
    distinct = write(receiver)
    chance = random.Random(7)
    running: list[subprocess.Popen[bytes]] = []
    killed = 0
    deadline = time.monotonic() + 240
    try:
        while read() < SEGMENTS:
            assert time.monotonic() < deadline, "it does not come to its end"
            running = [one for one in running if one.poll() is None]
            while len(running) < 2:
                running.append(start(f"builder-{killed}-{len(running)}", database_name, settings))
            before = read()
            while read() == before and read() < SEGMENTS and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.05))
            if killed < 4:
                victim = running.pop(0)
                victim.send_signal(signal.SIGKILL)
                victim.wait()
                killed += 1
    finally:
        for one in running:
            one.send_signal(signal.SIGKILL)
            one.wait()

    assert Lease.objects.get(name=lease.CASE_BUILDER).fence >= 2, "another has followed"
    assert Signal.objects.count() == distinct
    assert sum(Signal.objects.values_list("repeats", flat=True)) == SEGMENTS * FRAMES - distinct
    numbers = list(Case.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    opened = CaseEntry.objects.filter(kind="opened").values_list("case", flat=True)
    assert sorted(opened) == sorted(Case.objects.values_list("pk", flat=True)), "each is opened once"
    assert not Signal.objects.filter(kind__in=("burglary", "fire", "tamper"), case__isnull=True).exists()
    assert lease.holder(lease.CASE_BUILDER, at=timezone.now() + lease.TTL) == ""
