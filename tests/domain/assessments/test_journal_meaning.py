"""What entries of a journal mean: answers, notes, times, pins, and the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import (
    Answer,
    AnswerPhoto,
    SitePlan,
    Walk,
    WalkEntry,
)
from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer

from .conftest import PNG, picture
from .devices import Device

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: LazySettings) -> None:
    settings.DEMO = True


def account_of(client: Client) -> Account:
    return Account.objects.get(pk=client.session["_auth_user_id"])


def codes(told: dict[str, Any]) -> list[str]:
    return [one["code"] for one in told["refused"]]


def answered(walk: Walk) -> dict[str, Any]:
    return queries.answers_by_code(walk.pk)


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
