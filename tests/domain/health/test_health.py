"""What doctor says of an installation, and the two addresses that a supervisor asks."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from django_tasks_db.models import DBTaskResult
from tests.domain.jobs import sample_jobs

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import wall
from schoolward.platform.health import database, registry
from schoolward.platform.health.registry import Diagnosis, Status, check, diagnose, fail, is_well, ok
from schoolward.platform.jobs import liveness
from schoolward.platform.jobs.actions import enqueue

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry that holds only what the test puts into it."""
    monkeypatch.setattr(registry, "_checks", {})


def found(name: str, at: datetime) -> Diagnosis:
    """What the check of this name says now."""
    return next(diagnosis for diagnosis in diagnose(at=at) if diagnosis.name == name)


def test_a_sound_installation_is_well(at: datetime, settings: LazySettings) -> None:
    settings.SECRET_KEY = "k3y-Q9" * 20
    diagnoses = diagnose(at=at)
    assert is_well(diagnoses), [diagnosis for diagnosis in diagnoses if diagnosis.status is Status.FAIL]
    assert all(bool(diagnosis.mend) != (diagnosis.status is Status.OK) for diagnosis in diagnoses)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (None, "not built"),
        ("no json", "not built"),
        ('{"app.js": {"file": "assets/app-gone.js"}}', "lacks assets/app-gone.js"),
    ],
)
def test_pages_without_their_front_end(
    at: datetime, settings: LazySettings, tmp_path: Path, manifest: str | None, said: str
) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    settings.DJANGO_VITE = {"default": {"manifest_path": tmp_path / "manifest.json"}}
    pages = found("Pages", at)
    assert (pages.status, said in pages.found) == ("fail", True)


@pytest.mark.parametrize(
    ("free", "status"), [(50_000_000, "fail"), (1_000_000_000, "warn"), (50_000_000_000, "ok")]
)
def test_disk_space(at: datetime, monkeypatch: pytest.MonkeyPatch, free: int, status: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    assert found("Disk space", at).status == status


def test_a_data_folder_that_is_gone(at: datetime, settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "gone"
    monkey = found("Data folder", at)
    assert monkey.status is Status.FAIL
    assert "SCHOOLWARD_DATA_DIR" in monkey.mend


def test_a_signing_key_that_others_can_read(at: datetime, settings: LazySettings) -> None:
    secret = Path(settings.DATA_DIR) / "secret-key"
    secret.write_text("x")
    secret.chmod(0o644)
    assert found("Data folder", at).mend == f"chmod 600 {secret}"
    secret.chmod(0o600)
    assert found("Data folder", at).status is Status.OK


def test_an_unknown_time_zone(at: datetime, settings: LazySettings) -> None:
    settings.TIME_ZONE = "America/Los_Angles"
    # Django reads the setting on assignment and would itself refuse: the check is asked alone.
    from schoolward.platform.health.health_checks import time_zone_data

    assert time_zone_data(at).status is Status.FAIL


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"SECRET_KEY": "short"}, "fail", "weak"),
        ({"DEBUG": True, "ALLOWED_HOSTS": ["schools.example"]}, "fail", "debugging"),
        ({"DEMO": True, "ALLOWED_HOSTS": ["schools.example"]}, "fail", "demonstration"),
        ({"HTTPS": False, "ALLOWED_HOSTS": ["schools.example"]}, "warn", "HTTPS"),
        ({"HTTPS": True, "ALLOWED_HOSTS": ["schools.example"]}, "ok", "strong"),
        ({"DEBUG": True, "ALLOWED_HOSTS": ["localhost"]}, "ok", "debugging on"),
    ],
)
def test_secrets(
    at: datetime, settings: LazySettings, changes: dict[str, object], status: str, words: str
) -> None:
    sound = {"SECRET_KEY": "k3y-Q9" * 20, "DEBUG": False, "DEMO": False, "HTTPS": True}
    for name, value in {**sound, **changes}.items():
        setattr(settings, name, value)
    diagnosis = found("Secrets", at)
    assert diagnosis.status == status
    assert words in diagnosis.found


def test_work_that_waits_for_nobody(at: datetime, by: Viewer) -> None:
    assert found("Worker", at).status is Status.WARN
    enqueue(sample_jobs.found_agency, by=by, at=at, key="north")
    DBTaskResult.objects.update(enqueued_at=at - timedelta(minutes=16))
    assert found("Worker", at).status is Status.FAIL
    with liveness.alive("one"):
        assert found("Worker", at).status is Status.OK


def test_a_job_that_was_given_up_is_told_for_a_day(at: datetime, by: Viewer) -> None:
    enqueue(sample_jobs.found_agency, by=by, at=at, key="north")
    DBTaskResult.objects.update(status="FAILED", finished_at=at - timedelta(hours=23))
    assert found("Jobs", at).status is Status.WARN
    assert found("Jobs", at + timedelta(hours=2)).status is Status.OK


def test_a_missing_trigger(at: datetime) -> None:
    wall.tear_down(connection)
    assert found("Audit wall", at).status is Status.FAIL
    wall.build(connection)
    assert found("Audit wall", at).status is Status.OK


def test_tables_of_another_version(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "pending_migrations", lambda: ["places.0002_doors"])
    assert "1 change " in found("Database", at).found
    assert found("Audit chain", at).found.startswith("not looked at")


def test_a_check_that_breaks_is_a_finding(own_checks: None, at: datetime) -> None:
    @check("broken", order=1)
    def broken(at: datetime) -> registry.Finding:
        raise ZeroDivisionError

    @check("sound", order=2)
    def sound(at: datetime) -> registry.Finding:
        return ok("well")

    first, second = diagnose(at=at)
    assert (first.status, first.found) == (Status.FAIL, "the check itself broke: ZeroDivisionError")
    assert second.status is Status.OK
    assert not is_well([first, second])


def test_a_name_is_taken_once(own_checks: None) -> None:
    check("twice", order=1)(lambda _at: fail("", ""))
    with pytest.raises(ValueError, match="declared twice"):
        check("twice", order=2)(lambda _at: fail("", ""))


def test_alive_and_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").status_code == 200
    assert client.post("/healthz").status_code == 405
    monkeypatch.setattr(database, "pending_migrations", lambda: ["places.0002_doors"])
    assert client.get("/readyz").status_code == 503

    def gone() -> list[str]:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(database, "pending_migrations", gone)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200, "a restart would not bring the database back"
