"""Two devices in one walk, and the pages beside them: nothing is merged in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import (
    Answer,
    AnswerPhoto,
    Walk,
    WalkEntry,
)
from schoolward.domains.assessments.walk_journals import journal_of, pages_strand
from schoolward.platform.access.viewer import Viewer

from .conftest import PNG
from .devices import Device

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: LazySettings) -> None:
    settings.DEMO = True


def answered(walk: Walk) -> dict[str, Any]:
    return queries.answers_by_code(walk.pk)


def test_devices_that_differ_keep_the_walk_from_being_handed_in(device: Device, other: Device) -> None:
    device.answer("G1", "0")
    device.answer("G2", "3")
    device.send()
    seen = other.answer("G1", "3")
    other.answer("G2", "3")  # the same is no difference
    other.write("submit")
    told = other.send()
    assert (told["walk"]["is_submitted"], told["walk"]["differences"]) == (False, 1)
    assert "1 question" in told["walk"]["problem"]
    client, pk = device.client, device.walk.pk
    refused = client.post(reverse("assessments:submit", args=[pk]), follow=True).content.decode()
    assert "Two devices say different things of 1 question." in refused
    with pytest.raises(actions.DevicesDiffer):
        actions.submit_walk(
            walk_id=pk, by=Viewer.system(at=device.walk.started_at), at=device.walk.started_at
        )
    page = client.get(reverse("assessments:differences", args=[pk])).content.decode()
    for said in (
        "The gate closes by itself.",
        "Not so",
        "Fully so",
        "Device 1",
        "Device 2",
        "handed in with your last",
    ):
        assert said in page
    assert "Decide" in client.get(reverse("assessments:walk", args=[pk])).content.decode()

    def choose(path: str, choice: str) -> str:
        sent = {"path": path, "choice": choice}
        return client.post(reverse("assessments:differences", args=[pk]), sent, follow=True).content.decode()

    assert "decided already" in choose(other.path("G1"), str(uuid4()))
    assert "decided already" in choose("/data/nothing", seen["id"])
    assert "handed in as the device had asked" in choose(other.path("G1"), seen["id"])
    device.walk.refresh_from_db()
    assert device.walk.submitted_at is not None
    assert answered(device.walk) == {"G1": 3, "G2": 3}
    assert "submitted already" in choose(other.path("G1"), seen["id"])
    chosen = WalkEntry.objects.get(strand=pages_strand(device.walk))
    assert set(json.loads(chosen.payload)["over"]) == {device.entries[0]["id"], seen["id"]}


def test_only_the_assessor_decides(device: Device, other: Device, client_of: SignIn) -> None:
    device.answer("G1", "0")
    device.send()
    entry = other.answer("G1", "3")
    other.send()
    address = reverse("assessments:differences", args=[device.walk.pk])
    facilities = client_of("facilities")
    assert "The assessor decides" in facilities.get(address).content.decode()
    answer = facilities.post(address, {"path": other.path("G1"), "choice": entry["id"]}, follow=True)
    assert "Somebody else walks this one" in answer.content.decode()
    assert client_of("trustee").get(address).status_code == 403
    assert len(journal_of(device.walk).differences) == 1


def test_who_has_seen_it_decides_over_it(device: Device, other: Device) -> None:
    first = device.answer("G1", "0")
    device.write("set", path=device.path("G1", "note"), value="no closer")
    device.send()
    other.answer("G1", "1", over=[first["id"]])
    assert other.send()["walk"]["differences"] == 0
    answer = Answer.objects.order_by("given_at", "pk").last()
    assert answer is not None
    assert (answer.value, answer.note) == (1, "no closer")


def test_photographs_of_two_devices_stand_beside_each_other(device: Device, other: Device) -> None:
    for one, content in ((device, PNG), (other, PNG + b"2")):
        one.put(content)
        one.photo("G1", content)
        one.answer("G1", "0.1 0.1" if one is device else "0.9 0.9", "pin")
        one.send()
    assert AnswerPhoto.objects.count() == 2
    assert journal_of(device.walk).differences == []


def test_the_page_without_script_is_in_the_journal(device: Device) -> None:
    client, pk = device.client, device.walk.pk

    def tap(code: str, value: str, note: str = "", seen: str = "") -> None:
        sent = {"code": code, "answer": value, "note": note, "seen": seen, "client_id": str(uuid4())}
        client.post(reverse("assessments:answer", args=[pk]), sent)

    tap("G1", "3")  # before any device was heard of
    first = device.answer("G1", "0")
    device.answer("G2", "2")
    note = device.answer("G2", "dark", "note")
    assert device.send()["walk"]["differences"] == 1
    page = client.get(reverse("assessments:walk", args=[pk]), {"part": "gate"}).content.decode()
    assert "Devices say different things here." in page
    seen = journal_of(device.walk).seen("G1")
    assert first["id"] in seen
    assert f'value="{",".join(seen)}"' in page
    tap("G1", "2", "hangs", ",".join(seen))
    assert journal_of(device.walk).differences == []
    tap("G2", "2", "bright", f"{device.entries[1]['id']},{note['id']},x")
    journal = journal_of(device.walk)
    assert journal.differences == []
    standing = journal.standing[device.path("G2", "note")]
    assert [(one.said["value"], journal.devices[one.strand]) for one in standing] == [("bright", 0)]
    assert answered(device.walk) == {"G1": 2, "G2": 2}
    tap("D1", "3")
    device.answer("D1", "0")
    assert device.send()["walk"]["differences"] == 1


def test_answers_of_the_page_after_a_device_are_chained(device: Device) -> None:
    device.answer("G1", "0")
    device.send()
    actions.give_answers(
        walk_id=device.walk.pk,
        answers=[
            actions.GivenAnswer(code="D1", answer=2, note="stuck"),
            actions.GivenAnswer(code="G2", answer=1),
        ],
        by=Viewer.system(at=device.walk.started_at),
        at=device.walk.started_at,
    )
    rows = WalkEntry.objects.filter(strand=pages_strand(device.walk)).order_by("sequence")
    assert [row.sequence for row in rows] == [1, 2, 3]


def test_the_plain_upload_stays_as_it_is(device: Device) -> None:
    client, pk = device.client, device.walk.pk
    sent = {"photo": SimpleUploadedFile("a.png", PNG), "client_id": str(uuid4()), "caption": ""}
    client.post(reverse("assessments:photo_add", args=[pk, "G1"]), sent)
    assert AnswerPhoto.objects.count() == 1
    device.put(PNG)
    device.photo("G1", PNG)
    device.send()
    assert AnswerPhoto.objects.count() == 2


def test_the_journal_over_the_api(device: Device, other: Device, client_of: SignIn) -> None:
    first, second = device.answer("G1", "0"), other.answer("G1", "3")
    device.send()
    other.send(sent="2012-09-06T13:00:00-07:00")
    address = f"/api/v1/assessments/walks/{device.walk.pk}/journal"
    told = device.client.get(address).json()
    assert [(one["device"], one["is_whole"]) for one in told["entries"]].count((1, True)) == 1
    (difference,) = told["differences"]
    assert (difference["code"], difference["part"]) == ("G1", "rating")
    assert set(difference["entries"]) == {first["id"], second["id"]}
    assert (told["gaps"], told["late"], told["is_submitted"]) == ([], 0, False)
    assert client_of("facilities").get(address).status_code == 200
    assert client_of("trustee").get(address).status_code == 403
    assert device.client.get("/api/v1/assessments/walks/999/journal").status_code == 404
