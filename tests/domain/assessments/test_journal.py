"""The addresses of a walk's journal: who may write, what is received, refused and repeated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import queries
from schoolward.domains.assessments.models import (
    Answer,
    AnswerPhoto,
    ReinspectionRequest,
    Walk,
    WalkEntry,
    WalkPhoto,
)
from schoolward.domains.places.models import Campus
from schoolward.platform.audit.models import Event

from .conftest import PNG
from .devices import Device

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: LazySettings) -> None:
    settings.DEMO = True


def codes(told: dict[str, Any]) -> list[str]:
    return [one["code"] for one in told["refused"]]


def answered(walk: Walk) -> dict[str, Any]:
    return queries.answers_by_code(walk.pk)


def test_who_may_write(device: Device, client_of: SignIn, site: Campus) -> None:
    entry = device.answer("G1", "0")
    elm = Campus.objects.create(name="Elm", slug="elm", address="2 Elm Street", address_key="2 ELM ST")
    for client, status in (
        (Client(), 401),
        (client_of("trustee"), 403),
        (client_of("facilities"), 403),  # sees the walk, and is not its assessor
        (client_of("site_lead", campuses=[elm]), 404),
    ):
        other = Device(device.walk, client, device.strand)
        assert other.post([entry]).status_code == status
        assert other.put(PNG).status_code == status
        assert client.get(device.address, {"strand": device.strand}).status_code == status
    answer = Client().get(device.address, {"strand": device.strand})
    assert (answer.headers["Content-Type"], "Location" in answer.headers) == ("application/json", False)
    assert not WalkEntry.objects.exists()
    assert not WalkPhoto.objects.exists()


def test_a_post_from_elsewhere_is_refused(device: Device) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = device.client.cookies
    assert Device(device.walk, strict, device.strand).post([]).status_code == 403
    page = strict.get(reverse("assessments:offline", args=[device.walk.pk]))
    token = page.cookies["csrftoken"].value
    body = json.dumps({"sent": "", "entries": []})
    sent = strict.post(device.address, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert sent.status_code == 200


def test_what_is_no_batch(device: Device) -> None:
    def post(body: str) -> int:
        answer = device.client.post(device.address, body, content_type="application/json")
        return int(answer.status_code)

    assert post("{") == 400
    assert post("[]") == 400
    assert post(json.dumps({"entries": [None] * 501})) == 400
    assert post(json.dumps({"entries": ["x" * 6_000_000]})) == 413
    assert device.client.get(device.address).status_code == 400
    for asked in (
        {"strand": "x"},
        {"strand": device.strand, "after": "-1"},
        {"strand": device.strand, "after": "9" * 17},
    ):
        assert device.client.get(device.address, asked).status_code == 400
    for method in (device.client.put, device.client.delete, device.client.patch):
        assert method(device.address).status_code == 405
    assert device.client.put(reverse("assessments:walk", args=[device.walk.pk])).status_code == 405


def test_duplicates_gaps_and_another_order(device: Device) -> None:
    first, second, third = (device.answer("G1", value) for value in ("0", "1", "2"))
    told = device.send([third])
    assert (codes(told), told["refused"][0]["following"]) == (["gap"], 1)
    told = device.send([second, first])
    assert [one["id"] for one in told["receipts"]] == [first["id"], second["id"]]
    again = device.send([first, second])
    assert again["receipts"] == told["receipts"]
    assert device.resume(after=1) == {
        "following": 3,
        "receipts": [{"id": second["id"], "sequence": 2, "sha256": second["sha256"]}],
        "walk": {"is_submitted": False, "differences": 0, "problem": "", "late": 0},
    }
    device.send()
    assert [(row.sequence, row.pk) for row in WalkEntry.objects.all()] == [
        (number, UUID(one["id"])) for number, one in enumerate((first, second, third), start=1)
    ]
    assert Answer.objects.count() == 3
    assert answered(device.walk) == {"G1": 2}


def test_what_is_damaged_or_elsewhere(device: Device, lead: Client) -> None:
    entry = device.answer("G1", "0")
    assert codes(device.send([{**entry, "payload": entry["payload"].replace("0", "1")}])) == ["hash"]
    assert codes(device.send([{**entry, "kind": "erase"}])) == ["hash"]
    assert codes(device.send(["x"])) == ["malformed"]  # type: ignore[list-item]
    device.send()
    taken = Device(device.walk, lead, device.strand)
    taken.answer("G1", "3")
    assert codes(taken.send()) == ["place-taken"]


def test_entries_of_two_walks_do_not_cross(device: Device, lead: Client, site: Campus) -> None:
    device.put(PNG)
    device.photo("G1", PNG)
    entry = device.answer("G1", "0")
    device.write("submit")
    device.send()
    assert device.walk.assessment is not None
    finding = device.walk.assessment.findings.get()
    asked = {"due": "2012-09-20", "finding_ids": [finding.pk]}
    assert lead.post(reverse("assessments:ask_again", args=[site.pk]), asked).status_code == 302
    request = ReinspectionRequest.objects.get()
    started = lead.post(reverse("assessments:reinspect", args=[request.pk]))
    again = Device(Walk.objects.get(reinspection=request), lead)
    assert started.headers["Location"] == reverse("assessments:offline", args=[again.walk.pk])
    assert codes(again.send([entry])) == ["wrong-walk"]
    again.photo("G1", PNG)
    assert codes(again.send()) == ["photo-missing"]
    again.entries.clear()
    again.answer("G1", "3")
    again.write("submit")
    assert again.send()["walk"]["is_submitted"]
    assert finding.sightings.filter(walk=again.walk, is_mended=True).exists()
    assert AnswerPhoto.objects.get().walk == device.walk


def test_photographs_go_before_their_entries(device: Device) -> None:
    content = PNG + b"a gate"
    entry = device.photo("G1", content)
    told = device.send()
    assert (codes(told), told["refused"][0]["photo"]) == (
        ["photo-missing"],
        hashlib.sha256(content).hexdigest(),
    )
    assert device.put(content[:-1], hashlib.sha256(content).hexdigest()).status_code == 422
    assert device.put(b"%PDF-1.7 no picture").status_code == 422
    assert device.put(content, "nothing").status_code == 422
    assert not WalkPhoto.objects.exists()
    put = device.put(content)
    assert (put.status_code, json.loads(put.content)) == (
        200,
        {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)},
    )
    assert device.put(content).status_code == 200
    assert codes(device.send()) == []
    device.send()
    kept = AnswerPhoto.objects.get()
    assert (kept.client_id, kept.item.code, kept.sha256) == (
        UUID(entry["id"]),
        "G1",
        hashlib.sha256(content).hexdigest(),
    )
    assert WalkPhoto.objects.count() == 1


def test_a_large_photograph_is_refused(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolward.domains.assessments.actions.taking_in.LARGEST_PHOTO", len(PNG))
    assert device.put(PNG).status_code == 200
    assert device.put(PNG + b"x").status_code == 413


def test_a_restored_server_gets_everything_again(device: Device) -> None:
    for value in ("0", "1", "2"):
        device.answer("G1", value)
    device.send()
    # An older copy is put back: rows are gone, and so is what they meant.
    with transaction.atomic():
        Answer.objects.filter(client_id=device.entries[2]["id"]).delete()
        WalkEntry.objects.filter(sequence=3).delete()
    assert device.resume(after=3)["following"] == 3
    told = device.send(device.entries[2:])
    assert [one["sequence"] for one in told["receipts"]] == [3]
    assert answered(device.walk) == {"G1": 2}


def test_texts_that_no_database_takes(device: Device) -> None:
    device.answer("G1", "0")
    device.write("set", path=device.path("G1", "note"), value="half \ud800 and zero \0.")
    odd = device.write("set", moment="2012-09-06\x0012:00:00-07:00", path="/data/x", value="1")
    assert codes(device.send()) == ["malformed"]
    answer = queries.current_answers(device.walk.pk)[device.walk.pk].popitem()[1]
    assert answer.note == "half ? and zero ."
    assert odd["sequence"] == 3


def test_rows_do_not_change(device: Device) -> None:
    device.put(PNG)
    device.photo("G1", PNG)
    device.answer("G1", "0")
    device.send()
    for change in (
        lambda: WalkEntry.objects.update(payload="{}"),
        lambda: WalkPhoto.objects.update(sha256="0" * 64),
        lambda: AnswerPhoto.objects.update(caption="another"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_audit_counts_and_says_nothing_else(device: Device) -> None:
    device.answer("G1", "0")
    device.write("set", path=device.path("G1", "note"), value="behind the gym")
    device.send()
    event = Event.objects.get(action="assessments.journal_received")
    assert event.detail == {"entries": 2, "strands": 1, "answers": 2, "photos": 0}
    assert not Event.objects.filter(detail__icontains="gym").exists()
