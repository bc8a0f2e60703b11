"""Walk audits: walked as any assessment, and what fails made barriers, once each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.domain.assessments.devices import Device
from tests.domain.routes.conftest import Person
from tests.domain.routes.test_barriers import PNG

from schoolward.domains.assessments import actions as assessments
from schoolward.domains.assessments import queries as assessed
from schoolward.domains.assessments.models import Assessment, Finding
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.models import AuditDecision, Barrier
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access import clock
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

Browser = Callable[..., Any]
HERE = (-121.4701, 38.5302)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "stands_still", lambda: True)


@pytest.fixture
def school(oak: Campus, at: datetime) -> Campus:
    """Oak with a school, and the shipped instruments."""
    made = School.objects.create(cds_code="00000000000001", name="Oak", kind="elementary")
    SchoolOccupancy.objects.create(school=made, campus=oak)
    assessments.load_shipped(by=Viewer.system(at=at, name="tests"), at=at)
    return oak


def _answer(walk: Any, *, fails: dict[str, str], by: Viewer, at: datetime) -> None:
    given = [
        assessments.GivenAnswer(
            code=one.item.code,
            answer=0 if one.item.code in fails else 3,
            note=fails.get(one.item.code, ""),
        )
        for one in assessed.asked_in(walk)
    ]
    assessments.give_answers(walk_id=walk.pk, answers=given, by=by, at=at)


@pytest.fixture
def handed_in(school: Campus, person: Person, at: datetime) -> Callable[..., Any]:
    """Plan, walk and hand in an audit in which C01 fails with a place, and D02 without one."""

    def make(days: int = 0, **fails: str) -> Assessment:
        by, then = person("safe_routes"), at + timedelta(days=days)
        audit = actions.plan_audit(campus_id=school.pk, planned_on=then.date(), by=by, at=then)
        walk = assessments.start_walk(assessment_id=audit.pk, client_id=uuid4(), by=by, at=then)
        _answer(walk, fails=fails or {"C01": "Oak and 5th\nPaint is gone.", "D02": ""}, by=by, at=then)
        assessments.add_photo(
            walk_id=walk.pk,
            code="C01",
            stream=io.BytesIO(PNG),
            file_name="corner.png",
            client_id=uuid4(),
            pin=assessments.Pin(longitude=HERE[0], latitude=HERE[1]),
            by=by,
            at=then,
        )
        assessments.submit_walk(walk_id=walk.pk, by=by, at=then)
        return Assessment.objects.get(pk=audit.pk)

    return make


def test_what_fails_is_offered_and_is_nobodys_finding(handed_in: Any, person: Person) -> None:
    audit = handed_in()
    assert not Finding.objects.exists()
    assert not WorkItem.objects.exists()
    assert audit.score is not None
    crossing, yielding = queries.offers(audit, person("safe_routes"))
    assert (crossing.item.code, crossing.kind, crossing.item.position) == ("C01", "crossing", HERE)
    assert crossing.place == "Oak and 5th"
    assert actions.why_left(audit, crossing) == ""
    assert (yielding.kind, yielding.item.position) == ("traffic", None)
    assert actions.why_left(audit, yielding) == "The walk did not take its position."


def test_an_offer_becomes_one_accepted_barrier_with_photo_and_source(
    handed_in: Any, person: Person, at: datetime
) -> None:
    audit, by = handed_in(), person("safe_routes")
    made = actions.take_all(audit_id=audit.pk, by=by, at=at).barriers
    assert [one.source for one in made] == [f"assessments.Assessment:{audit.pk}#C01"]
    barrier = made[0]
    assert (barrier.longitude, barrier.latitude) == HERE
    assert (barrier.state, barrier.severity, barrier.kind) == ("accepted", "high", "crossing")
    assert barrier.found_on == audit.assessed_on
    assert barrier.photo_id is not None
    assert queries.audit_of_barrier(barrier) == audit.pk
    assert actions.take_all(audit_id=audit.pk, by=by, at=at).barriers == []
    with pytest.raises(actions.RouteRefused, match="decided already"):
        actions.take_as_barrier(audit_id=audit.pk, code="C01", by=by, at=at)
    assert Barrier.objects.count() == 1


def test_the_button_that_takes_all_says_how_many(handed_in: Any, client_of: Any) -> None:
    button = reverse("routes:audit_take_all", args=[handed_in().pk])
    browser = client_of("safe_routes")
    first = browser.post(button, follow=True).content.decode()
    assert "1 barrier was made." in first
    assert "D02 was left. The walk did not take its position." in first
    again = browser.post(button, follow=True).content.decode()
    assert "Nothing was left that could be made a barrier at once." in again
    assert "Done." not in again


def test_what_was_taken_far_away_waits_for_a_right_place(
    handed_in: Any, client_of: Browser, person: Person, school: Campus, at: datetime
) -> None:
    Campus.objects.filter(pk=school.pk).update(longitude=-72.5, latitude=41.8)
    audit, by = handed_in(), person("safe_routes")
    page = client_of("safe_routes").get(reverse("routes:audit", args=[audit.pk])).content.decode()
    assert f'action="{reverse("routes:audit_take_all", args=[audit.pk])}"' not in page
    assert "miles from Oak" in page
    taken = actions.take_all(audit_id=audit.pk, by=by, at=at)
    assert taken.barriers == []
    assert ["miles from Oak" in one.why for one in taken.left] == [True, False]
    with pytest.raises(actions.RouteRefused, match="miles from"):
        actions.take_as_barrier(audit_id=audit.pk, code="C01", by=by, at=at)


def test_what_was_reported_by_hand_is_not_made_again(
    handed_in: Any, client_of: Browser, person: Person, school: Campus, at: datetime
) -> None:
    audit, by = handed_in(), person("safe_routes")
    offer = queries.offers(audit, by)[0]
    same = actions.report_barrier(
        campus_id=school.pk, kind="crossing", title=offer.title.upper(), place=offer.place,
        longitude=HERE[0], latitude=HERE[1], by=by, at=at,
    )  # fmt: skip
    assert queries.offers(audit, by)[0].open_already == (same,)
    left = actions.take_all(audit_id=audit.pk, by=by, at=at).left
    assert left[0].why == f"{same.reference} may be the same, and is open."
    with pytest.raises(actions.StandsAlready):
        actions.take_as_barrier(audit_id=audit.pk, code="C01", by=by, at=at)
    button = reverse("routes:audit_same", args=[audit.pk, "C01"])
    assert client_of("safe_routes").post(button, {"barrier": same.pk}).status_code == 302
    decided = queries.offers(audit, by)[0].decision
    assert decided is not None
    assert decided.barrier == same


def test_without_a_position_one_is_asked_for(handed_in: Any, person: Person, at: datetime) -> None:
    audit, by = handed_in(), person("safe_routes")
    with pytest.raises(actions.RouteRefused, match="did not take its position") as refused:
        actions.take_as_barrier(audit_id=audit.pk, code="D02", by=by, at=at)
    assert refused.value.field == "latitude"
    assert not AuditDecision.objects.exists()
    place = {"longitude": HERE[0], "latitude": HERE[1], "owner": "city", "place": "Oak Street"}
    barrier = actions.take_as_barrier(audit_id=audit.pk, code="D02", values=place, by=by, at=at)
    assert (barrier.owner, barrier.place) == ("city", "Oak Street")


def test_the_next_audit_does_not_double_what_is_open(handed_in: Any, person: Person, at: datetime) -> None:
    by = person("safe_routes")
    barrier = actions.take_all(audit_id=handed_in().pk, by=by, at=at).barriers[0]
    again = handed_in(days=30)
    offer = queries.offers(again, by)[0]
    assert offer.open_already == (barrier,)
    assert actions.take_all(audit_id=again.pk, by=by, at=at + timedelta(days=30)).barriers == []
    actions.same_as_barrier(audit_id=again.pk, code="C01", barrier_id=barrier.pk, by=by, at=at)
    actions.set_aside(audit_id=again.pk, code="D02", reason="It was one driver.", by=by, at=at)
    assert not any(offer.waits for offer in queries.offers(again, by))
    assert Barrier.objects.count() == 1
    decision = AuditDecision.objects.get(assessment=again, code="D02")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditDecision.objects.filter(pk=decision.pk).update(reason="")


def test_a_barrier_of_another_site_is_not_the_same(
    handed_in: Any, person: Person, barrier: Callable[..., Barrier], elm: Campus, at: datetime
) -> None:
    audit, elsewhere = handed_in(), barrier(campus_id=elm.pk)
    with pytest.raises(actions.RouteRefused, match="No such barrier"):
        actions.same_as_barrier(
            audit_id=audit.pk, code="C01", barrier_id=elsewhere.pk, by=person("safe_routes"), at=at
        )


def test_a_phone_without_a_network_tells_the_position(
    school: Campus, person: Person, client_of: Browser, at: datetime
) -> None:
    by = person("safe_routes")
    audit = actions.plan_audit(campus_id=school.pk, planned_on=at.date(), by=by, at=at)
    walk = assessments.start_walk(assessment_id=audit.pk, client_id=uuid4(), by=by, at=at)
    phone = Device(walk, client_of("safe_routes"))
    phone.answer("C01", "1")
    phone.answer("C01", "38.5302 -121.4701 12 4.5", "place")
    phone.write("submit", answered=1, of=25)
    phone.send()
    audit.refresh_from_db()
    assert audit.is_finished
    assert queries.offers(audit, by)[0].item.position == HERE


def test_the_coordinator_sees_streets_and_no_site(school: Campus, person: Person, at: datetime) -> None:
    coordinator, lead = person("safe_routes"), person("lead")
    inside = assessed.usable_versions(lead, at.date()).get(instrument__key="cpted-school")
    other = assessments.plan_assessment(
        campus_id=school.pk, version_id=inside.pk, planned_on=at.date(), by=lead, at=at
    )
    seen = assessed.versions(coordinator).values_list("instrument__key", flat=True)
    assert list(seen) == ["way-to-school"]
    assert not assessed.assessments(coordinator).exists()
    with pytest.raises(AccessDenied):
        assessments.start_walk(assessment_id=other.pk, client_id=uuid4(), by=coordinator, at=at)
    audit = actions.plan_audit(campus_id=school.pk, planned_on=at.date(), by=coordinator, at=at)
    assert list(assessed.assessments(coordinator)) == [audit]
    with pytest.raises(actions.RouteRefused, match="planned for this site"):
        actions.plan_audit(campus_id=school.pk, planned_on=at.date(), by=coordinator, at=at)
    actions.cancel_audit(audit_id=audit.pk, reason="The wrong day.", by=coordinator, at=at)
    with pytest.raises(AccessDenied):
        actions.cancel_audit(audit_id=other.pk, reason="Not mine.", by=coordinator, at=at)


def test_streets_around_a_site_are_no_assessment_of_it(handed_in: Any, person: Person, at: datetime) -> None:
    handed_in()
    assert not assessed.recent(at.date()).exists()
    assert not assessed.has_any(at.date())
    assert not assessed.fallen_due(at.date() + timedelta(days=9)).exists()
    line = assessed.campus_lines(person("lead"), at.date())[0]
    assert line.last is None
    assert not line.is_covered


def test_pages_from_the_plan_to_the_barrier(client_of: Browser, school: Campus, at: datetime) -> None:
    browser = client_of("safe_routes")
    assert "No walk audit yet" in browser.get(reverse("routes:audits")).content.decode()
    past = browser.post(reverse("routes:audit_plan"), {"campus_id": school.pk, "planned_on": "2011-01-01"})
    assert past.status_code == 422
    planned = browser.post(
        reverse("routes:audit_plan"), {"campus_id": school.pk, "planned_on": at.date().isoformat()}
    )
    audit = Assessment.objects.get()
    assert planned.url == reverse("routes:audit", args=[audit.pk])
    started = browser.post(reverse("assessments:start", args=[audit.pk]))
    walk = audit.walks.get()
    assert started.url == reverse("assessments:offline", args=[walk.pk])
    page = browser.get(started.url).content.decode()
    assert "Where you stand, at what is in the way" in page
    assert "data-plan" not in page
    assert reverse("routes:audit", args=[audit.pk]) in page
    sent = {"code": "C01", "answer": "0", "client_id": str(uuid4()), "note": "Oak and 5th"}
    browser.post(reverse("assessments:answer", args=[walk.pk]), sent)
    assert (
        "offered to the Safe Routes coordinator"
        in browser.get(reverse("assessments:submit", args=[walk.pk])).content.decode()
    )
    handed = browser.post(reverse("assessments:submit", args=[walk.pk]))
    assert handed.url == reverse("routes:audit", args=[audit.pk])
    assert "no position" in browser.get(handed.url).content.decode()
    assert "1 thing that an audit found" in browser.get(reverse("routes:audits")).content.decode()
    take = reverse("routes:audit_take", args=[audit.pk, "C01"])
    form = browser.get(take).context["form"].initial
    assert form["place"] == "Oak and 5th"
    told = {**form, "latitude": "38.53", "longitude": "-121.47"}
    assert browser.post(take, {**told, "longitude": "-1210"}).status_code == 422
    browser.post(take, told)
    barrier = Barrier.objects.get()
    assert "a walk audit" in browser.get(reverse("routes:barrier", args=[barrier.pk])).content.decode()
    assert barrier.reference in browser.get(reverse("routes:audit", args=[audit.pk])).content.decode()
    lead = client_of("lead")
    assert (
        "Barriers of this audit" in lead.get(reverse("assessments:detail", args=[audit.pk])).content.decode()
    )
    assert client_of("trustee").get(reverse("routes:audits")).status_code == 403


def test_over_http(client_of: Browser, handed_in: Any, school: Campus, at: datetime) -> None:
    browser, audit = client_of("safe_routes"), handed_in()

    def call(name: str, body: dict[str, Any] | None = None, *args: Any) -> Any:
        url = reverse(f"api:{name}", args=args)
        if body is None:
            return browser.get(url)
        return browser.post(url, json.dumps(body), content_type="application/json")

    assert call("route_audits").json()["items"][0]["id"] == audit.pk
    offered = call("route_audit_offers", None, audit.pk).json()
    assert [(one["code"], one["decided"], one["photos"]) for one in offered] == [
        ("C01", "", 1),
        ("D02", "", 0),
    ]
    taken = call("route_audit_take_all", {}, audit.pk).json()
    assert taken["barriers"][0]["state"] == "accepted"
    left = {"code": "D02", "why": "The walk did not take its position."}
    assert [{name: one[name] for name in left} for one in taken["left"]] == [left]
    refused = call("route_audit_take", {"code": "D02"}, audit.pk)
    assert (refused.status_code, "position" in refused.json()["detail"]) == (422, True)
    settled = call("route_audit_settle", {"code": "D02", "reason": "One driver."}, audit.pk).json()
    assert [one["decided"] for one in settled] == ["barrier", "none"]
    made = call("route_audit_plan", {"campus_id": school.pk, "planned_on": date.max.isoformat()})
    assert made.status_code in (201, 422)
