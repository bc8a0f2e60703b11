"""What failed becomes one finding and one piece of work, and both stand as the work stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.due_rules import due_for, due_rules
from schoolward.domains.assessments.models import Finding, ReinspectionRequest, Walk
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work import queries as work_queries
from schoolward.domains.work.exchange import WorkItems
from schoolward.domains.work.models import Evidence, WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

from .conftest import picture, small

pytestmark = pytest.mark.django_db
People = Callable[..., Viewer]
Walked = Callable[..., Walk]
TODAY = date(2012, 9, 6)


@pytest.fixture
def found(walked: Walked, person: People, at: datetime) -> Finding:
    walk = walked({"G1": 0, "G2": 3, "D1": 2})
    actions.add_photo(
        walk_id=walk.pk,
        code="G1",
        stream=picture(),
        file_name="gate.png",
        caption="The gate stands open",
        client_id=uuid4(),
        by=person(),
        at=at,
    )
    return actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found[0]


def finish(finding: Finding, *, by: Viewer, at: datetime) -> None:
    """Take the finding's work to done."""
    actions.accept_finding(finding_id=finding.pk, by=by, at=at)
    item = finding.work_id
    assert item is not None
    work.fund(item_id=item, amount_cents=0, money_source="no cost", by=by, at=at)
    work.schedule(item_id=item, planned_on=at.date(), by=by, at=at)
    work.complete(item_id=item, actual_cents=0, by=by, at=at)


def test_a_failed_item_proposes_work_with_all_that_is_known(found: Finding, site: Campus) -> None:
    item = WorkItem.objects.get()
    assert found.work_id == item.pk
    assert (item.source, item.kind, item.state) == (
        f"assessments.Finding:{found.pk}",
        "recommendation",
        "proposed",
    )
    assert (item.campus_id, item.trade, item.severity) == (site.pk, "fencing", "high")
    assert (item.estimate_cents, item.due) == (50_000, TODAY + timedelta(days=60))
    assert item.title == "Give the gate a closer."
    assert "The gate closes by itself." in item.description
    carried = Evidence.objects.get()
    assert (carried.kind, carried.file_name) == ("photo", "gate.png")
    assert item.evidence_count == 0, "a picture of what failed proves nothing mended"


def test_submitting_is_one_event_beside_those_of_work(found: Finding) -> None:
    assert Event.objects.filter(action="assessments.submitted").count() == 1
    detail = Event.objects.get(action="assessments.submitted").detail
    assert (detail["found"], detail["seen_again"], detail["mended"]) == (1, 0, 0)


def test_handed_in_twice_finds_once(found: Finding, person: People, at: datetime) -> None:
    walk = Walk.objects.get()
    assert actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found == []
    assert Finding.objects.count() == 1


def test_the_same_item_next_time_is_the_same_finding(
    found: Finding, walked: Walked, person: People, at: datetime
) -> None:
    later = at + timedelta(days=300)
    done = actions.submit_walk(walk_id=walked({"G1": 1}, when=later).pk, by=person(), at=later)
    assert (done.found, done.seen_again) == ([], 1)
    assert WorkItem.objects.count() == 1
    assert found.sightings.count() == 2


def test_the_database_holds_one_unresolved_finding_a_campus_and_item(found: Finding) -> None:
    found.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)


def test_after_a_refusal_it_is_found_anew_with_the_reason(
    found: Finding, walked: Walked, person: People, at: datetime
) -> None:
    with pytest.raises(actions.AssessmentRefused) as refusal:
        actions.decline_finding(finding_id=found.pk, reason=" ", by=person(), at=at)
    assert refusal.value.field == "reason"
    declined = actions.decline_finding(finding_id=found.pk, reason="Staff watch it.", by=person(), at=at)
    assert (declined.state, declined.reason, declined.settled_on) == ("declined", "Staff watch it.", TODAY)
    assert WorkItem.objects.get().state == "declined"
    later = at + timedelta(days=300)
    done = actions.submit_walk(walk_id=walked({"G1": 1}, when=later).pk, by=person(), at=later)
    anew = WorkItem.objects.get(pk=done.found[0].work_id)
    assert "Staff watch it." in anew.description


def test_a_finding_follows_its_work_wherever_that_is_moved(
    found: Finding, person: People, at: datetime
) -> None:
    assert found.work_id is not None

    def state() -> str:
        found.refresh_from_db()
        return found.state

    work.accept(item_id=found.work_id, due=TODAY, by=person(), at=at)
    assert state() == "accepted"
    work.decline(item_id=found.work_id, reason="No money.", by=person(), at=at)
    assert (state(), found.reason) == ("declined", "No money.")
    work.reopen(item_id=found.work_id, reason="There is some.", by=person(), at=at)
    assert (state(), found.reason, found.settled_on) == ("open", "", None)


def test_a_refused_move_of_work_leaves_the_finding(found: Finding, person: People, at: datetime) -> None:
    assert found.work_id is not None
    with pytest.raises(work.DateWrong):
        work.accept(item_id=found.work_id, due=date(2012, 1, 1), by=person(), at=at)
    found.refresh_from_db()
    assert found.state == "open"


def test_a_fix_that_failed_and_was_found_anew_does_not_come_back_twice(
    found: Finding, walked: Walked, person: People, at: datetime
) -> None:
    finish(found, by=person(), at=at)
    assert found.work_id is not None
    work.add_evidence(item_id=found.work_id, text="Seen.", by=person(), at=at)
    work.verify(item_id=found.work_id, by=person("lead", 2), at=at)
    later = at + timedelta(days=300)
    actions.submit_walk(walk_id=walked({"G1": 0}, when=later).pk, by=person(), at=later)
    assert list(Finding.objects.order_by("pk").values_list("state", flat=True)) == ["resolved", "open"]
    work.reopen(item_id=found.work_id, reason="It broke again.", by=person(), at=later)
    assert list(Finding.objects.order_by("pk").values_list("state", flat=True)) == ["resolved", "open"]


def test_accepting_takes_the_due_date_of_the_severity(found: Finding, person: People, at: datetime) -> None:
    accepted = actions.accept_finding(finding_id=found.pk, by=person(), at=at)
    item = WorkItem.objects.get()
    assert (accepted.state, item.state, item.due) == ("accepted", "accepted", TODAY + timedelta(days=60))
    with pytest.raises(actions.AssessmentRefused):
        actions.accept_finding(finding_id=found.pk, by=person(), at=at)


def test_a_finding_that_waited_too_long_is_due_today(found: Finding, person: People, at: datetime) -> None:
    later = at + timedelta(days=100)
    actions.accept_finding(finding_id=found.pk, by=person(), at=later)
    assert WorkItem.objects.get().due == TODAY + timedelta(days=100)


def test_a_bundle_is_accepted_whole_or_not_at_all(walked: Walked, person: People, at: datetime) -> None:
    done = actions.submit_walk(walk_id=walked({"G1": 0, "G2": 0, "D1": 0}).pk, by=person(), at=at)
    numbers = [one.pk for one in done.found]
    by_trade = {bundle.trade: bundle for bundle in queries.bundles(person(), [("fencing", "Fences")])}
    assert set(by_trade) == {"fencing", "other", "locks"}
    assert (by_trade["fencing"].area, by_trade["fencing"].estimate_cents) == ("95814", 50_000)
    with pytest.raises(AccessDenied):
        actions.accept_bundle(finding_ids=[*numbers, 10**9], due=None, by=person(), at=at)
    assert set(Finding.objects.values_list("state", flat=True)) == {"open"}
    with pytest.raises(actions.AssessmentRefused):
        actions.accept_bundle(finding_ids=[], due=None, by=person(), at=at)
    assert len(actions.accept_bundle(finding_ids=numbers, due=None, by=person(), at=at)) == 3


def test_work_that_is_there_covers_a_finding(
    found: Finding, site: Campus, person: People, by: Viewer, at: datetime
) -> None:
    double = found.work_id
    other = work.propose(title="New gate", campus_id=site.pk, by=by, at=at)
    elsewhere = work.propose(title="District", by=by, at=at)
    for reference in (elsewhere.reference, "W-99999", WorkItem.objects.get(pk=double).reference):
        with pytest.raises(actions.AssessmentRefused):
            actions.cover_finding(finding_id=found.pk, reference=reference, by=person(), at=at)
    covered = actions.cover_finding(finding_id=found.pk, reference=other.reference, by=person(), at=at)
    assert covered.work_id == other.pk
    assert WorkItem.objects.get(pk=double).state == "declined"
    found.refresh_from_db()
    assert found.state == "open", "the double's refusal is not the finding's"


def test_the_other_work_is_chosen_by_its_title_and_decided_together(
    found: Finding, site: Campus, client_of: Callable[..., Client], by: Viewer, at: datetime
) -> None:
    other = work.propose(title="New gate", campus_id=site.pk, by=by, at=at)
    elsewhere = work.propose(title="District", by=by, at=at)
    client = client_of("lead")
    url = reverse("assessments:cover", args=[found.pk])
    shown = client.get(url, {"reference": other.reference}).content.decode()
    assert f"{other.reference} New gate (Proposed)" in shown
    assert f'<option value="{other.reference}" selected' in shown
    assert elsewhere.reference not in shown
    assert client.post(url, {"reference": elsewhere.reference}).status_code == 422
    assert client.post(url, {"reference": other.reference}, follow=True).status_code == 200
    found.refresh_from_db()
    assert (found.work_id, found.state) == (other.pk, "open")
    work.accept(item_id=other.pk, due=at.date(), by=by, at=at)
    found.refresh_from_db()
    assert found.state == "accepted"


def test_a_finding_names_what_a_crosswalk_relates_to_it(
    found: Finding,
    person: People,
    client_of: Callable[..., Client],
    site: Campus,
    by: Viewer,
    at: datetime,
) -> None:
    audit = small().replace(b"key: small", b"key: audit").replace(b"kind: cpted", b"kind: security_audit")
    version = actions.add_instrument(content=audit, name="audit.yaml", by=by, at=at).version
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=at.date(), by=by, at=at
    )
    walk = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=person(), at=at)
    sent = [actions.GivenAnswer(code=code, answer=0) for code in ("G1", "D1")]
    actions.give_answers(walk_id=walk.pk, answers=sent, by=person(), at=at)
    near, far = actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found
    assert queries.related_findings(person(), found) == []
    actions.add_crosswalk(content=BESIDE.encode(), name="beside.yaml", by=by, at=at)
    assert queries.related_findings(person(), found) == [near]
    assert queries.related_findings(person(), near) == [found]
    assert queries.related_findings(person(), far) == []
    shown = client_of("lead").get(reverse("assessments:finding", args=[found.pk])).content.decode()
    assert near.work is not None
    assert reverse("assessments:finding", args=[near.pk]) in shown
    assert f"?reference={near.work.reference}" in shown
    actions.cover_finding(finding_id=found.pk, reference=near.work.reference, by=person(), at=at)
    found.refresh_from_db()
    assert queries.sharing_work(person(), found) == [near]


def test_submit_knows_work_that_asks_for_the_same(
    walked: Walked, site: Campus, person: People, by: Viewer, at: datetime
) -> None:
    other = work.propose(title="New gate", campus_id=site.pk, kind="recommendation", by=by, at=at)
    walk = walked({"G1": 0})
    done = actions.submit_walk(walk_id=walk.pk, covered_by={"G1": other.pk}, by=person(), at=at)
    assert done.found[0].work_id == other.pk
    assert WorkItem.objects.count() == 1


BESIDE = """\
key: beside
title: Two beside each other
tables:
  - from: small
    from_version: "1"
    to: audit
    to_version: "1"
    rows:
      - {from: G1, is: narrower, to: G1}
"""


def second_look(found: Finding, given: int, *, who: Viewer, by: Viewer, at: datetime) -> actions.Submitted:
    asked = actions.request_reinspection(
        campus_id=found.campus_id, finding_ids=[found.pk], due=at.date(), by=by, at=at
    )
    walk = actions.start_reinspection(request_id=asked.pk, client_id=uuid4(), by=who, at=at)
    assert [one.item.code for one in queries.asked_in(walk)] == ["G1"]
    sent = [actions.GivenAnswer(code="G1", answer=given, note="Looked.")]
    actions.give_answers(walk_id=walk.pk, answers=sent, by=who, at=at)
    return actions.submit_walk(walk_id=walk.pk, by=who, at=at)


def test_a_second_look_verifies_what_somebody_else_did(
    found: Finding, person: People, by: Viewer, at: datetime
) -> None:
    finish(found, by=person(), at=at)
    done = second_look(found, 3, who=person("lead", 2), by=by, at=at)
    assert (done.mended, done.seen_again) == (1, 0)
    found.refresh_from_db()
    item = WorkItem.objects.get()
    assert (item.state, item.verified_by_id, found.state) == ("verified", 2, "resolved")
    assert ReinspectionRequest.objects.get().done_on == TODAY


def test_whoever_did_it_does_not_verify_it_by_looking_again(
    found: Finding, person: People, by: Viewer, at: datetime
) -> None:
    finish(found, by=person(), at=at)
    with pytest.raises(actions.AssessmentRefused, match="You did this work yourself"):
        second_look(found, 3, who=person(), by=by, at=at)
    assert not Walk.objects.filter(reinspection__isnull=False).exists()
    assert WorkItem.objects.get().state == "done"


def test_a_second_look_begun_before_the_own_work_was_done_says_why_nothing_is_verified(
    found: Finding, person: People, client_of: Callable[..., Client], by: Viewer, at: datetime
) -> None:
    asked = actions.request_reinspection(
        campus_id=found.campus_id, finding_ids=[found.pk], due=at.date(), by=by, at=at
    )
    walk = actions.start_reinspection(request_id=asked.pk, client_id=uuid4(), by=person(), at=at)
    finish(found, by=person(), at=at)
    sent = [actions.GivenAnswer(code="G1", answer=3, note="Looked.")]
    actions.give_answers(walk_id=walk.pk, answers=sent, by=person(), at=at)
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    item = WorkItem.objects.get()
    assert (item.state, item.evidence_count) == ("done", 1)
    assert list(queries.seen_mended(person())) == [found]
    told = client_of("lead").get(reverse("assessments:reinspections")).content.decode()
    assert "seen mended by the one who did the work; somebody else has to look" in told
    second_look(found, 3, who=person("lead", 2), by=by, at=at)
    assert WorkItem.objects.get().state == "verified"
    told = client_of("lead").get(reverse("assessments:reinspections")).content.decode()
    assert ">verified<" in told


def test_what_still_fails_goes_back(found: Finding, person: People, by: Viewer, at: datetime) -> None:
    finish(found, by=person(), at=at)
    done = second_look(found, 1, who=person("lead", 2), by=by, at=at)
    assert (done.mended, done.seen_again) == (0, 1)
    assert WorkItem.objects.get().state == "scheduled"


def test_a_second_look_is_refused(found: Finding, site: Campus, by: Viewer, at: datetime) -> None:
    for change, field in (
        ({"due": TODAY - timedelta(days=1)}, "due"),
        ({"finding_ids": []}, "finding_ids"),
        ({"finding_ids": [found.pk, found.pk + 1]}, "finding_ids"),
    ):
        given = {"campus_id": site.pk, "finding_ids": [found.pk], "due": TODAY, **change}
        with pytest.raises(actions.AssessmentRefused) as refusal:
            actions.request_reinspection(by=by, at=at, **given)  # type: ignore[arg-type]
        assert refusal.value.field == field


def test_who_sees_what_of_a_finding(found: Finding, site: Campus, viewer: People) -> None:
    def seen(role: str, **more: object) -> tuple[int, bool]:
        who = viewer(role, **more)
        rows = list(queries.findings(who))
        return len(rows), bool(rows) and readable(rows[0], "note", who)

    assert seen("facilities") == (1, True)
    assert seen("site_lead", campus_ids={site.pk}) == (1, True)
    assert seen("site_lead", campus_ids={site.pk + 1}) == (0, False)
    assert seen("trustee") == (1, False)
    assert seen("provider") == (0, False)


def test_who_decides(found: Finding, person: People, at: datetime) -> None:
    for role in ("trustee", "site_lead", "school_resource_officer", "administrator"):
        with pytest.raises(AccessDenied):
            actions.accept_finding(finding_id=found.pk, by=person(role), at=at)


@pytest.mark.parametrize(("severity", "days"), [("urgent", 7), ("high", 60), ("medium", 180), ("low", 365)])
def test_the_rule_of_the_day(severity: str, days: int) -> None:
    assert due_for(severity, TODAY) == TODAY + timedelta(days=days)


def test_before_the_first_rule_there_is_no_due_date() -> None:
    first = min(rule.valid_from for rule in due_rules())
    assert due_for("urgent", first - timedelta(days=1)) is None
    assert due_for("urgent", first) is not None
    assert due_for("unknown", TODAY) is None


@pytest.mark.parametrize(
    ("role", "is_open"),
    [
        ("lead", True),
        ("facilities", True),
        ("school_resource_officer", True),
        ("trustee", False),
        ("grants_analyst", False),
        ("accountability", False),
        ("alarm_operator", False),
    ],
)
def test_the_work_tells_no_more_than_the_finding(
    found: Finding, client_of: Callable[..., Client], viewer: Callable[..., Viewer], role: str, is_open: bool
) -> None:
    client = client_of(role)
    item, proof = WorkItem.objects.get(), Evidence.objects.get()
    page = client.get(reverse("work:detail", args=[item.pk])).content.decode()
    assert item.title in page
    for detail in ("The gate closes by itself.", "The gate stands open", proof.file_name):
        assert (detail in page) == is_open, detail
    assert ("shown to those who assess and mend" in page) != is_open
    one = client.get(reverse("api:work_item", args=[item.pk])).json()
    rows = client.get(reverse("api:work")).json()["items"]
    for told in (one, rows[0]):
        assert told["description"] == (item.description if is_open else None)
    assert (work_queries.evidence_with_file(viewer(role), proof.pk) is not None) == is_open
    if not is_open:
        assert client.get(reverse("work:evidence_file", args=[proof.pk])).status_code == 404
    listed = client.get(reverse("work:list"), {"q": "itself"}).content.decode()
    assert (item.title in listed) == is_open
    row = next(iter(WorkItems().export_rows(viewer(role))))
    assert ("itself" in str(row)) == is_open


def test_no_due_date_lies_beyond_every_calendar(
    found: Finding, person: People, by: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.AssessmentRefused, match="outside of 1850 to 2199"):
        actions.accept_finding(finding_id=found.pk, due=date(9999, 12, 31), by=person(pk=2), at=at)
    with pytest.raises(actions.AssessmentRefused, match="year"):
        actions.request_reinspection(
            campus_id=found.campus_id, finding_ids=[found.pk], due=date(9999, 12, 31), by=by, at=at
        )


def test_whoever_did_all_of_the_work_does_not_look_again(
    found: Finding, person: People, by: Viewer, at: datetime
) -> None:
    finish(found, by=person(pk=2), at=at)
    asked = actions.request_reinspection(
        campus_id=found.campus_id, finding_ids=[found.pk], due=at.date(), by=by, at=at
    )
    number = uuid4()
    with pytest.raises(actions.AssessmentRefused, match="somebody else"):
        actions.start_reinspection(request_id=asked.pk, client_id=number, by=person(pk=2), at=at)
    assert actions.start_reinspection(request_id=asked.pk, client_id=number, by=person(pk=3), at=at)


def test_a_photograph_is_not_called_by_its_hash(walked: Walked, person: People, at: datetime) -> None:
    walk = walked({"G1": 0})
    for name in (f"{'c4' * 32}.png", "gate.png"):
        actions.add_photo(
            walk_id=walk.pk,
            code="G1",
            stream=picture(name.encode()),
            file_name=name,
            client_id=uuid4(),
            by=person(),
            at=at,
        )
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    assert list(Evidence.objects.order_by("pk").values_list("file_name", flat=True)) == [
        "photograph-1.png",
        "gate.png",
    ]


def test_the_assessment_lists_what_it_saw_again(
    found: Finding, walked: Walked, person: People, at: datetime, client_of: Callable[..., Client]
) -> None:
    later = at + timedelta(days=30)
    walk = walked({"G1": 0, "G2": 3}, when=later)
    actions.submit_walk(walk_id=walk.pk, by=person(), at=later)
    page = client_of("lead").get(reverse("assessments:detail", args=[walk.assessment_id])).content.decode()
    assert "still fails" in page
    assert found.title in page
    assert "Along the walk" in page
    # Where something is lies in the scores by stretch too.
    seen = client_of("trustee").get(reverse("assessments:detail", args=[walk.assessment_id])).content.decode()
    assert "Along the walk" not in seen
    assert "The gate" not in seen.replace(found.title, "")
