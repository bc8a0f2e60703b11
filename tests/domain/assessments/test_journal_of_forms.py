"""A walk of an instrument that came as a form: what else it asks is kept when devices hand it in."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.filled_forms import session_of
from schoolward.domains.assessments.models import Filling, FillingFile, Walk
from schoolward.domains.assessments.views.differing import shown_differences
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.domains.assessments.walk_lists import lists_told
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer

from .conftest import PNG
from .devices import Device
from .test_filled_forms import MORE, begin
from .test_instruments import SURVEY

pytestmark = pytest.mark.django_db
People = Callable[..., Viewer]


@pytest.fixture
def walk(site: Campus, person: People, at: datetime) -> Walk:
    return begin(site, (*SURVEY, *MORE), person(), at)


def receive(device: Device, by: Viewer, at: datetime) -> actions.TakenIn:
    return actions.receive_entries(walk_id=device.walk.pk, entries=device.entries, sent="", by=by, at=at)


def set_all(device: Device, **values: str) -> None:
    for path, value in values.items():
        device.write("set", path="/data/" + path.replace("__", "/"), value=value)


def leaves(walk: Walk) -> dict[str, Any]:
    session = session_of(Filling.objects.get(walk=walk))
    return {session.path(each): each.value for each in session.values()}


def test_texts_repeats_and_files_are_kept_when_it_is_handed_in(
    walk: Walk, person: People, at: datetime
) -> None:
    device, by = Device(walk, Client()), person()
    sha256 = hashlib.sha256(PNG).hexdigest()
    actions.put_photo(walk_id=walk.pk, sha256=sha256, stream=io.BytesIO(PNG), by=by, at=at)
    set_all(device, gate__G1="1", seen="A ladder.", several="0 2")
    device.write("photo", path="/data/plan", photo=sha256, type="image/png", bytes=len(PNG), name="p.png")
    device.write("add", path="/data/door")
    device.write("set", path="/data/door[2]/lock", value="old")
    device.write("set", path="/data/nothing", value="of a form that has changed")
    device.write("submit")
    assert receive(device, by, at).problem == ""
    kept = leaves(walk)
    assert (kept["/data/seen"], kept["/data/several"], kept["/data/door[2]/lock"]) == (
        "A ladder.",
        "0 2",
        "old",
    )
    assert (kept["/data/gate/G1"], kept["/data/plan"]) == ("1", "p.png")
    assert FillingFile.objects.get().sha256 == sha256
    walk.refresh_from_db()
    assert walk.submitted_at is not None
    receive(device, by, at)
    assert Filling.objects.get().instance_id == f"uuid:{walk.client_id}"


def test_what_devices_say_differently_is_decided_question_by_question(
    walk: Walk, person: People, at: datetime
) -> None:
    first, second, by = Device(walk, Client()), Device(walk, Client()), person()
    for device, seen, lock in ((first, "A ladder.", "old"), (second, "Nothing.", "new")):
        set_all(device, gate__G1="1", seen=seen)
        device.write("add", path="/data/door")
        device.write("set", path="/data/door[2]/lock", value=lock)
        receive(device, by, at)
    set_all(first, several="2")
    first.write("submit")
    assert "3 questions" in receive(first, by, at).problem
    shown = {one.path: one for one in shown_differences(journal_of(walk))}
    assert shown["/data/door[2]/lock"].text.endswith("Its lock")
    assert "2" in shown["/data/door[2]/lock"].text
    held = sorted(one.words for one in shown["/data/door[]"].voices)
    assert held == ["Its list: Door 2 · Its lock: new", "Its list: Door 2 · Its lock: old"]
    for difference in journal_of(walk).differences:
        mine = next(one for one in difference.entries if one.strand == second.strand)
        decided = actions.decide_difference(
            walk_id=walk.pk, path=difference.path, entry_id=mine.id, by=by, at=at
        )
    assert (decided.left, decided.is_handed_in) == (0, True)
    kept = leaves(walk)
    assert (kept["/data/seen"], kept["/data/door[2]/lock"], kept["/data/several"]) == ("Nothing.", "new", "2")
    assert "/data/door[3]/lock" not in kept


@pytest.fixture
def listed(walk: Walk, person: People, at: datetime) -> Device:
    """What a first device has put into a repeat."""
    first = Device(walk, Client())
    set_all(first, gate__G1="2")
    first.write("set", path="/data/door[1]/lock", value="old")
    first.write("add", path="/data/door")
    first.write("set", path="/data/door[2]/lock", value="new")
    receive(first, person(), at)
    return first


def test_a_second_device_sees_the_list_of_the_first_and_may_hand_it_in(
    walk: Walk, listed: Device, person: People, at: datetime
) -> None:
    told = lists_told(journal_of(walk))["/data/door"]
    assert told["strand"] == listed.strand
    assert [(one["kind"], one["path"], one.get("value")) for one in told["steps"]] == [
        ("set", "/data/door[1]/lock", "old"),
        ("add", "/data/door", None),
        ("set", "/data/door[2]/lock", "new"),
    ]
    second = Device(walk, Client())
    second.write("submit")
    assert receive(second, person(), at).problem == ""
    kept = leaves(walk)
    assert (kept["/data/door[1]/lock"], kept["/data/door[2]/lock"]) == ("old", "new")


def test_what_a_second_device_takes_over_and_changes_is_no_contradiction(
    walk: Walk, listed: Device, person: People, at: datetime
) -> None:
    """As frontend/walk/lists.js writes it: the list again as its own, then the change."""
    told, second = lists_told(journal_of(walk))["/data/door"], Device(walk, Client())
    for one in told["steps"]:
        more = {"value": one["value"]} if one["kind"] == "set" else {}
        second.write(one["kind"], path=one["path"], over=[one["id"]], **more)
    second.write("note", path="/data/door[]", text="", kept=second.strand, over=told["over"])
    second.write("set", path="/data/door[2]/lock", value="changed")
    second.write("submit")
    assert receive(second, person(), at).problem == ""
    kept = leaves(walk)
    assert (kept["/data/door[1]/lock"], kept["/data/door[2]/lock"]) == ("old", "changed")


def test_answers_in_a_repeat_that_nobody_made_longer_are_not_lost(
    walk: Walk, person: People, at: datetime
) -> None:
    first, second = Device(walk, Client()), Device(walk, Client())
    set_all(first, gate__G1="2")
    first.write("set", path="/data/door[1]/lock", value="old")
    second.write("submit")
    receive(first, person(), at)
    assert receive(second, person(), at).problem == ""
    assert leaves(walk)["/data/door[1]/lock"] == "old"
