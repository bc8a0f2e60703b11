"""The journal of a walk on the command line: listed, held against its hashes, and said to be not whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from tests.cli.conftest import Ended

from domain.assessments.conftest import PNG, people, person, site, version  # noqa: F401 - fixtures
from domain.assessments.devices import Device
from schoolward.cli.outcome import ExitCode
from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import InstrumentVersion, WalkEntry, WalkPhoto
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.store import path_of

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]


@pytest.fixture
def device(
    site: Campus,  # noqa: F811
    version: InstrumentVersion,  # noqa: F811
    person: Callable[..., Viewer],  # noqa: F811
    by: Viewer,
) -> Device:
    """A device whose entries were received, without going over HTTP."""
    at = by.at
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, 6), by=by, at=at
    )
    walk = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=person(), at=at)
    return Device(walk, Client())


def test_a_walk_that_is_not_there(schoolward: Run) -> None:
    ended = schoolward("assessments", "journal", "4711")
    assert (ended.code, "There is no walk 4711." in ended.err) == (ExitCode.NOT_FOUND, True)
    assert schoolward("assessments", "journal", "seven").code == ExitCode.USAGE


def test_listed_and_verified(schoolward: Run, device: Device, person: Callable[..., Viewer]) -> None:  # noqa: F811
    number = device.walk.pk
    assert "No device has sent anything" in schoolward("assessments", "journal", number).out
    by = person()
    device.photo("G1", PNG)
    device.answer("G1", "0")
    device.answer("G2", "2")
    sha256 = device.entries[0]["payload"].split('"photo": "')[1][:64]
    actions.put_photo(walk_id=number, sha256=sha256, stream=io.BytesIO(PNG), by=by, at=by.at)
    actions.receive_entries(walk_id=number, entries=device.entries, sent="", by=by, at=by.at)
    ended = schoolward("assessments", "journal", number)
    assert (ended.code, "3 entries, 0 of them damaged." in ended.out) == (0, True), ended
    told = schoolward("assessments", "journal", number, "--json").json
    assert [(one["device"], one["sequence"], one["kind"]) for one in told["entries"]] == [
        (1, 1, "photo"),
        (1, 2, "set"),
        (1, 3, "set"),
    ]
    # What a disk or a hand in the database can do.
    WalkEntry.objects.filter(sequence=2).delete()
    path_of(WalkPhoto.objects.get().sha256).unlink()
    said = device.write("note", text="put in by hand")
    WalkEntry.objects.create(
        id=said["id"],
        walk=device.walk,
        strand=device.strand,
        sequence=4,
        moment=said["moment"],
        kind="note",
        payload='{"text": "changed"}',
        sha256=said["sha256"],
        received_at=by.at,
    )
    ended = schoolward("assessments", "journal", number)
    assert ended.code == ExitCode.FAILED
    for said_of_it in (
        "DAMAGED",
        "1 of them damaged",
        "not received whole",
        f"The photograph {sha256} is missing",
    ):
        assert said_of_it in ended.out
