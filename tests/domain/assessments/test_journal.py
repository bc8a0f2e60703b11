"""The addresses of a walk's journal: what is received, refused, repeated, and what the entries mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import (
    Answer,
    AnswerPhoto,
    InstrumentVersion,
    ReinspectionRequest,
    SitePlan,
    Walk,
    WalkEntry,
    WalkPhoto,
)
from schoolward.domains.assessments.walk_journals import journal_of, pages_strand
from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

from .conftest import PNG, picture
from .devices import Device

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
Begin = Callable[..., Walk]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: LazySettings) -> None:
    settings.DEMO = True


def account_of(client: Client) -> Account:
    return Account.objects.get(pk=client.session["_auth_user_id"])


@pytest.fixture
def begin(site: Campus, version: InstrumentVersion, by: Viewer, at: Any) -> Begin:
    """Plan a walk and begin it for whoever is signed in with a client."""

    def start(client: Client, day: int = 6) -> Walk:
        planned = actions.plan_assessment(
            campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, day), by=by, at=at
        )
        client.post(reverse("assessments:start", args=[planned.pk]))
        return Walk.objects.get(assessment=planned)

    return start


@pytest.fixture
def lead(client_of: SignIn) -> Client:
    return client_of("lead")


@pytest.fixture
def device(lead: Client, begin: Begin) -> Device:
    return Device(begin(lead), lead)


def codes(told: dict[str, Any]) -> list[str]:
    return [one["code"] for one in told["refused"]]


def answered(walk: Walk) -> dict[str, Any]:
    return queries.answers_by_code(walk.pk)


# -- who may --
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


# -- receipts --
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


def test_what_is_damaged_or_elsewhere(device: Device, begin: Begin, lead: Client) -> None:
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


# -- what entries mean --
def test_ratings_notes_and_what_is_no_answer(device: Device) -> None:
    device.write("set", path=device.path("G1", "note"), value="no closer")  # before the rating
    device.answer("G1", "0")
    device.answer("G2", "uto")
    device.answer("D1", "7")  # none of the scale's
    device.write("set", path="/data/none", value="1")
    device.write("add", path="/data/rep")
    device.send()
    assert answered(device.walk) == {"G1": 0, "G2": "uto"}
    answers = {one.item.code: one for one in Answer.objects.select_related("item")}
    assert (answers["G1"].note, answers["G1"].client_id) == ("no closer", UUID(device.entries[1]["id"]))
    device.write("set", path=device.path("G1", "note"), value="no closer, north")
    device.send()
    assert (
        queries.current_answers(device.walk.pk)[device.walk.pk][answers["G1"].item_id].note
        == "no closer, north"
    )


def test_times_are_corrected_by_the_skew_and_keep_their_order(
    device: Device, at: Any, settings: LazySettings
) -> None:
    settings.DEMO = False
    account = account_of(device.client)
    viewer = Viewer(account.pk, account.name, 1, 1, "district", "lead", None, "school_safety", at)
    ahead = timedelta(days=400)
    clock = at - timedelta(hours=2) + ahead
    device.answer("G1", "0", moment=clock.isoformat())
    device.answer("G1", "1", moment=(clock - timedelta(days=3)).isoformat())  # the clock jumped back
    device.answer("G2", "1", moment=(clock + timedelta(days=3)).isoformat())
    device.answer("D1", "1", moment="9999-12-31T23:59:59-11:00")
    actions.receive_entries(
        walk_id=device.walk.pk, entries=device.entries, sent=(at + ahead).isoformat(), by=viewer, at=at
    )
    given = {(one.item.code, one.value): one.given_at for one in Answer.objects.select_related("item")}
    assert given == {
        ("G1", 0): at - timedelta(hours=2),
        ("G1", 1): at - timedelta(hours=2),
        ("G2", 1): at,
        ("D1", 1): at,
    }
    assert answered(device.walk)["G1"] == 1
    assert {row.skew_s for row in WalkEntry.objects.all()} == {ahead.total_seconds()}


@pytest.mark.parametrize("is_pin_first", [False, True])
def test_a_pin_finds_its_photograph(
    device: Device, site: Campus, by: Viewer, at: Any, is_pin_first: bool
) -> None:
    old = actions.add_site_plan(campus_id=site.pk, stream=picture(b"1"), file_name="a.png", by=by, at=at)
    new = actions.add_site_plan(campus_id=site.pk, stream=picture(b"2"), file_name="b.png", by=by, at=at)
    device.put(PNG)

    def pin(value: str, **more: Any) -> None:
        device.answer("G1", value, "pin", **more)

    if is_pin_first:
        pin("0.25 .5")
    device.photo("G1", PNG)
    if not is_pin_first:
        device.send()
        pin("0.25 .5")
    device.send()
    photo = AnswerPhoto.objects.get()
    assert (photo.plan, photo.plan_x, photo.plan_y) == (queries.site_plan(site.pk), 0.25, 0.5)
    pin("1.5 0")
    pin("0.75 1", plan=old.pk)
    device.send()
    photo.refresh_from_db()
    assert (photo.plan, photo.plan_x, photo.plan_y) == (old, 0.75, 1)
    assert SitePlan.objects.count() == 2
    assert new.pk != old.pk
    device.answer("G1", "3")
    device.write("submit")
    assert device.send()["walk"]["is_submitted"]
    pin("0.1 0.1")
    device.send()
    photo.refresh_from_db()
    assert photo.plan_x == 0.75
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswerPhoto.objects.update(plan_x=0.1)


# -- handing in --
def test_a_device_hands_in_once_everything_is_there(device: Device) -> None:
    device.answer("G1", "0")
    submit = device.write("submit")
    told = device.send([submit])
    assert (codes(told), told["walk"]["is_submitted"]) == (["gap"], False)
    told = device.send()
    assert told["walk"] == {"is_submitted": True, "differences": 0, "problem": "", "late": 0}
    assert device.walk.assessment is not None
    assert device.walk.assessment.findings.count() == 1
    assert device.send()["receipts"]
    assert device.walk.assessment.findings.count() == 1
    late = Device(device.walk, device.client)
    late.answer("G2", "0")
    told = late.send()
    assert (len(told["receipts"]), told["walk"]["late"]) == (1, 1)
    assert answered(device.walk) == {"G1": 0}
    page = device.client.get(reverse("assessments:walk", args=[device.walk.pk])).content.decode()
    assert "1 answer or photograph came from a device after the walk was handed in" in page


def test_an_empty_walk_is_not_handed_in_and_says_why(device: Device) -> None:
    device.write("submit")
    told = device.send()
    assert len(told["receipts"]) == 1
    assert "Nothing is answered yet" in told["walk"]["problem"]
    page = device.client.get(reverse("assessments:walk", args=[device.walk.pk])).content.decode()
    assert "could not be done yet" in page


def test_what_is_answered_after_the_end_takes_it_back(device: Device) -> None:
    device.answer("G1", "0")
    device.write("submit")
    device.answer("G2", "0")
    assert not device.send()["walk"]["is_submitted"]
    device.write("submit")
    assert device.send()["walk"]["is_submitted"]


# -- two devices --
@pytest.fixture
def other(device: Device) -> Device:
    return Device(device.walk, device.client)


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


# -- reading it --
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
