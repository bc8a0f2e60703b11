"""The desk and its cases as pages: what each role sees, and that a refusal is said beside what refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.domain.alarms.journal_writer import NIGHT, make_case

from schoolward.domains.alarms import actions, queries, topics
from schoolward.domains.alarms.actions import WantedStep
from schoolward.domains.alarms.models import AlarmSystem, Case, CaseState, HandOver
from schoolward.domains.alarms.views import keys
from schoolward.domains.alarms.views.answers import ANSWERS
from schoolward.domains.alarms.views.cases import PART_HEADER
from schoolward.domains.people.actions import keep_number
from schoolward.domains.people.models import ResponseNumber
from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Agency
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.notify.registry import get

pytestmark = pytest.mark.django_db
PART = {f"HTTP_{PART_HEADER.upper().replace('-', '_')}": "part"}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def send(client: Client, case: Case, answer: str, **sent: Any) -> Any:
    return client.post(reverse("alarms:answer", args=[case.number, answer]), sent)


@pytest.fixture
def operator(client_of: Any) -> Client:
    return client_of("alarm_operator")


@pytest.fixture
def planned(site: Campus, system: AlarmSystem, by: Viewer, at: datetime) -> Case:
    """A case with a plan of two steps and a call list of two."""
    plan = actions.keep_plan(
        signal_kind="burglary",
        title="Burglary",
        steps=[WantedStep("camera", "Look at the camera"), WantedStep("call", "Call the site")],
        by=by,
        at=at,
    ).row
    for order, phone in ((1, "555-0101"), (2, "555-0102")):
        actions.keep_contact(
            campus_id=site.pk, order=order, title=f"Office {order}", phone=phone, by=by, at=at
        )
    return make_case(system, plan=plan, zone=system.zones.get(number="4"))  # the one with a camera


@pytest.fixture
def numbers(by: Viewer, at: datetime) -> None:
    """Whom to call, as a district of another place keeps it."""
    agency = Agency.objects.create(key="river", name="River", kind="police", created_at=at)
    for serves, use, title, phone in (
        ("city", "emergency", "River police, 911", "911"),
        ("city", "non_emergency", "River police", "555-0110"),
        ("county", "emergency", "Sheriff, 911", "555-0111"),
        ("everywhere", "guard", "Night guards", "555-0112"),
    ):
        keep_number(serves=serves, use=use, title=title, phone=phone, agency=agency, by=by, at=at)


# --- the queue -----------------------------------------------------------------------------------------


def test_the_most_urgent_stands_first_and_says_why(operator: Client, system: AlarmSystem) -> None:
    make_case(system, title="Low", urgency=10)
    make_case(system, title="High", urgency=90, reasons=["hold-up signal (+75)"])
    make_case(system, title="Middle", urgency=50)
    closed = make_case(system, title="Closed", urgency=99)
    Case.objects.filter(pk=closed.pk).update(
        state="closed", disposition="false", cause="hvac", closed_at=datetime(2012, 9, 7, tzinfo=UTC)
    )

    page = operator.get(reverse("alarms:desk"))

    assert [case.title for case in page.context["queue"].cases] == ["High", "Middle", "Low"]
    assert "hold-up signal (+75)" in text(page)


def test_a_desk_goes_on_from_what_it_shows(operator: Client, case: Case, person: Any, at: datetime) -> None:
    before = operator.get(reverse("alarms:desk")).context["after"]
    actions.note(case_id=case.pk, text="x", by=person("lead"), at=at)

    polled = operator.get(reverse("notify:topic", args=["alarms"]), {"after": before}).json()

    assert [change["kind"] for change in polled["changes"]] == ["note"]
    assert f'data-row="{case.pk}"' in polled["changes"][0]["row"]


def test_an_empty_desk_teaches_how_alarms_come_in(operator: Client) -> None:
    page = text(operator.get(reverse("alarms:desk")))

    assert "schoolward import alarm-accounts" in page
    assert "schoolward alarms receive" in page


def test_a_site_lead_sees_only_the_own_sites(
    client_of: Any, system: AlarmSystem, case: Case, other_site: Campus, by: Viewer, at: datetime
) -> None:
    client = client_of("site_lead", campuses=[other_site])
    elsewhere = actions.keep_system(line="main", account="0099", campus_id=other_site.pk, by=by, at=at).row
    own = make_case(elsewhere, title="Own")

    assert [shown.pk for shown in client.get(reverse("alarms:desk")).context["queue"].cases] == [own.pk]
    assert client.get(reverse("alarms:case", args=[case.number])).status_code == 404
    assert client.get(reverse("alarms:system", args=[system.pk])).status_code == 404
    page = client.get(reverse("alarms:case", args=[own.number]))
    assert "Claim it" not in text(page), "who may not answer is offered nothing"
    assert send(client, own, "claim").status_code == 403


@pytest.mark.parametrize("role", ["provider", "safe_routes", "privacy_officer"])
def test_who_may_not_see_alarms_sees_none(client_of: Any, case: Case, role: str) -> None:
    client = client_of(role)

    for name in ("alarms:desk", "alarms:cases", "alarms:signals", "alarms:systems"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("notify:topic", args=["alarms"])).status_code == 403


# --- answering -----------------------------------------------------------------------------------------


def test_a_case_is_worked_to_its_end_by_plain_forms(operator: Client, planned: Case) -> None:
    first, second = queries.steps_of(planned)
    contacts = queries.contacts_of(planned)

    assert send(operator, planned, "claim").status_code == 302
    refused = send(operator, planned, "close", disposition="false", cause="hvac")
    assert refused.status_code == 409
    assert "these steps are open: Look at the camera; Call the site" in text(refused)
    assert 'value="false" data-option="f" checked' in text(refused), "what was chosen is still chosen"
    assert send(operator, planned, "step", step_id=first.step.pk).status_code == 302
    assert (
        send(operator, planned, "impossible", step_id=second.step.pk, reason="Line dead").status_code == 302
    )
    for state in contacts:
        send(operator, planned, "call", contact_id=state.contact.pk, outcome="no_answer")
    send(operator, planned, "evidence", kind="video_shows_nobody")
    assert send(operator, planned, "police", reference="12-1").status_code == 302
    assert send(operator, planned, "abort", reason="Custodian called").status_code == 302
    closed = send(operator, planned, "close", disposition="false", cause="hvac", cause_role="custodian")

    assert closed.status_code == 302
    planned.refresh_from_db()
    assert (planned.state, planned.disposition, planned.cause) == (CaseState.CLOSED, "false", "hvac")
    page = text(operator.get(reverse("alarms:case", args=[planned.number])))
    for words in ("Line dead", "12-1", "Custodian called", "Video shows nobody", "Office 1 (555-0101)"):
        assert words in page


@pytest.mark.parametrize(
    ("answer", "sent", "said"),
    [
        ("close", {}, "Say how it ended"),
        ("close", {"disposition": "false"}, "Say what set it off"),
        ("close", {"disposition": "nonsense", "cause": "hvac"}, "is not known here"),
        ("police", {}, "Call a second number"),
        ("abort", {"reason": " "}, "Give a reason"),
        ("note", {"text": ""}, "Write something first"),
        ("call", {"outcome": "busy"}, "Say who was called"),
        ("call", {"outcome": "busy", "contact_id": 99}, "not on the call list"),
        ("evidence", {"kind": "nonsense"}, "is not known here"),
        ("release", {}, "You do not hold this case"),
        ("reopen", {"reason": "x"}, "is not closed"),
        ("step", {"step_id": 99}, "not in the case"),
        ("take-over", {"reason": ""}, "Give a reason"),
    ],
)
def test_a_refusal_stands_on_the_page(
    operator: Client, case: Case, answer: str, sent: dict[str, Any], said: str
) -> None:
    response = send(operator, case, answer, **sent)

    assert response.status_code == 409
    assert said in text(response).replace("&#x27;", "'")
    case.refresh_from_db()
    assert case.state != CaseState.CLOSED


@pytest.mark.parametrize(
    ("answer", "sent"),
    [("step", {}), ("step", {"step_id": "x"}), ("note", {"text": "x" * 501}), ("note", {"text": "a\0b"})],
)
def test_what_is_no_answer_at_all_is_unprocessable(
    operator: Client, case: Case, answer: str, sent: dict[str, Any]
) -> None:
    assert send(operator, case, answer, **sent).status_code == 422


def test_an_unknown_answer_is_not_found(operator: Client, case: Case) -> None:
    assert send(operator, case, "explode").status_code == 404


def test_a_desk_gets_the_case_alone(operator: Client, case: Case) -> None:
    response = operator.post(reverse("alarms:answer", args=[case.number, "claim"]), {}, **PART)

    assert response.status_code == 200
    assert response.content.strip().startswith(b"<article")
    assert b"You hold it" in response.content
    refused = operator.post(reverse("alarms:answer", args=[case.number, "close"]), {}, **PART)
    assert refused.status_code == 409
    assert b"data-refusal" in refused.content


def test_another_operator_takes_over_with_a_reason(client_of: Any, case: Case) -> None:
    first, second = client_of("alarm_operator"), client_of("alarm_operator")
    send(first, case, "claim")

    held = send(second, case, "claim")
    assert held.status_code == 409
    assert "holds this case" in text(held)
    assert "Take it over" in text(held)
    assert send(second, case, "take-over", reason="End of shift").status_code == 302
    assert send(first, case, "release").status_code == 409


def test_an_unknown_jurisdiction_is_chosen(
    operator: Client, other_site: Campus, by: Viewer, at: datetime
) -> None:
    system = actions.keep_system(line="main", account="0098", campus_id=other_site.pk, by=by, at=at).row
    case = make_case(system, signal_kind="hold_up")

    page = text(operator.get(reverse("alarms:case", args=[case.number])))
    assert "The jurisdiction of this site is not known: choose." in page
    refused = send(operator, case, "police")
    assert "Choose city or county" in text(refused)
    assert send(operator, case, "police", agency="county_911").status_code == 302


def test_the_right_agency_is_proposed_with_its_number(operator: Client, case: Case, numbers: None) -> None:
    page = operator.get(reverse("alarms:case", args=[case.number]))

    right = [agency for agency in page.context["agencies"] if agency["is_right"]]
    assert [agency["value"] for agency in right] == ["city_non_emergency"]
    assert right[0]["number"] == "555-0110"
    assert "tel:555-0110" in text(page)


def test_the_level_follows_the_evidence(operator: Client, case: Case) -> None:
    page = operator.post(
        reverse("alarms:answer", args=[case.number, "evidence"]), {"kind": "weapon_seen"}, **PART
    )

    assert "Level 4" in text(page)


def test_one_thing_comes_next(operator: Client, planned: Case) -> None:
    def following() -> Any:
        return operator.get(reverse("alarms:case", args=[planned.number])).context["next"]

    first, second = queries.steps_of(planned)
    assert following().key == "c"
    send(operator, planned, "claim")
    assert following().key == "1"
    send(operator, planned, "step", step_id=first.step.pk)
    assert (following().key, "555-0101" in following().text) == ("t", True)
    for state in queries.contacts_of(planned):
        send(operator, planned, "call", contact_id=state.contact.pk, outcome="no_answer")
    assert following().key == "2"
    send(operator, planned, "step", step_id=second.step.pk)
    assert following().key == "d"


# --- keys ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choices", [keys.outcomes, keys.dispositions, keys.causes])
def test_each_choice_has_one_key_of_its_own(choices: Any) -> None:
    found = [choice.key for choice in choices()]

    assert len(found) == len(set(found))
    assert all(len(key) == 1 and key.isalpha() for key in found)


def test_nothing_that_can_be_chosen_lacks_its_key() -> None:
    from schoolward.domains.alarms.models import CallOutcome, Cause, Disposition, EvidenceKind

    assert {choice.value for choice in keys.outcomes()} == set(CallOutcome.values)
    assert {choice.value for choice in keys.dispositions()} == set(Disposition.values)
    assert {choice.value for choice in keys.causes()} == set(Cause.values)
    evidence = [*keys.presence(), *keys.clearing()]
    assert {choice.value for choice in evidence} == set(EvidenceKind.values)
    assert len({choice.key for choice in evidence}) == len(evidence)


# --- the topic -----------------------------------------------------------------------------------------


def test_one_rendering_serves_every_desk(case: Case, person: Any, at: datetime) -> None:
    holder = person("alarm_operator", name="holder")
    actions.claim(case_id=case.pk, by=holder, at=at)
    actions.note(case_id=case.pk, text="x", by=holder, at=at)

    told = get(topics.NAME).after(0, 500)

    assert [change.data["kind"] for change in told] == ["claimed", "note"]
    assert "row" not in told[0].data, "of several entries of a case the last one carries its line"
    assert f'data-holder="{holder.account_id}"' in told[1].data["row"]
    assert told[1].campus_id == case.campus_id
    assert get(topics.NAME).newest() == told[1].number


def test_a_closed_case_leaves_the_queue(case: Case, person: Any, at: datetime) -> None:
    by = person("alarm_operator")
    actions.close(case_id=case.pk, disposition="false", cause="hvac", by=by, at=at)

    (change,) = get(topics.NAME).after(0, 500)

    assert (change.data["state"], change.data["row"]) == ("closed", "")


def test_what_stands_in_a_line_is_escaped(system: AlarmSystem) -> None:
    case = make_case(system, title="<script>alert(1)</script>")

    assert "<script>" not in topics.row_html(case, queries.standing_of(case, at=case.opened_at))


# --- hand-over -----------------------------------------------------------------------------------------


def test_a_hand_over_stands_on_the_desk_until_the_next_shift_reads_it(client_of: Any, case: Case) -> None:
    ending, beginning = client_of("alarm_operator"), client_of("alarm_operator")

    assert ending.post(reverse("alarms:hand_overs"), {"text": " "}).status_code == 422
    assert ending.post(reverse("alarms:hand_overs"), {"text": "Gate 4 rattles"}).status_code == 302
    row = HandOver.objects.get()
    assert row.open_cases == 1
    own = text(ending.get(reverse("alarms:desk")))
    assert "Gate 4 rattles" in own
    assert "I have read it" not in own
    assert "I have read it" in text(beginning.get(reverse("alarms:desk")))
    ending.post(reverse("alarms:hand_over_read", args=[row.pk]))
    row.refresh_from_db()
    assert row.read_at is None, "nobody takes over from themselves"
    beginning.post(reverse("alarms:hand_over_read", args=[row.pk]))
    assert "Gate 4 rattles" not in text(ending.get(reverse("alarms:desk")))
    assert "Gate 4 rattles" in text(ending.get(reverse("alarms:hand_overs")))


# --- the API -------------------------------------------------------------------------------------------


def api(client: Client, case: Case, path: str, **sent: Any) -> Any:
    return client.post(f"/api/v1/alarms/cases/{case.number}/{path}", sent, content_type="application/json")


def test_the_api_tells_and_does_the_same(operator: Client, planned: Case) -> None:
    listed = operator.get("/api/v1/alarms/cases", {"open": "true"}).json()
    assert [row["number"] for row in listed["items"]] == [planned.number]

    claimed = api(operator, planned, "claim").json()
    assert claimed["claimed_by"].startswith("Test")
    assert [entry["kind"] for entry in claimed["entries"]] == ["claimed"]
    steps = claimed["steps"]
    assert api(operator, planned, "close", disposition="false", cause="hvac").status_code == 409
    assert api(operator, planned, "police").status_code == 409
    api(operator, planned, "steps", step_id=steps[0]["id"])
    api(operator, planned, "steps/impossible", step_id=steps[1]["id"], reason="Line dead")
    called = api(operator, planned, "calls", outcome="no_answer", number="555-0199").json()
    assert called["calls_needed"] == 1
    raised = api(operator, planned, "evidence", kind="threat_to_life").json()
    assert (raised["verification_level"], raised["calls_suffice"]) == (4, True)
    assert api(operator, planned, "police").json()["police_dispatched_at"] is not None
    assert api(operator, planned, "abort", reason="Over").status_code == 200
    ended = {"disposition": "false", "cause": "hvac"}
    assert api(operator, planned, "close", **ended).status_code == 409, "a threat is known"
    closed = api(operator, planned, "close", **ended, confirmation="A film was shown").json()
    assert closed["state"] == "closed"
    assert operator.get("/api/v1/alarms/cases", {"open": "true"}).json()["count"] == 0
    assert operator.get("/api/v1/alarms/cases", {"cause": "hvac"}).json()["count"] == 1


def test_the_apis_refusals_are_problems(operator: Client, case: Case) -> None:
    response = api(operator, case, "close", disposition="false")

    assert response.headers["Content-Type"] == "application/problem+json"
    assert "Say what set it off" in response.json()["detail"]
    assert operator.get("/api/v1/alarms/cases/nothing").status_code == 404
    assert api(operator, case, "notes", text="x" * 501).status_code == 422


def test_the_api_tells_hand_overs_systems_zones_and_no_key(
    client_of: Any, system: AlarmSystem, case: Case
) -> None:
    AlarmSystem.objects.filter(pk=system.pk).update(sealed_key="sealed-secret")
    first, second = client_of("alarm_operator"), client_of("alarm_operator")
    made = first.post("/api/v1/alarms/hand-overs", {"text": "Quiet"}, content_type="application/json")
    assert made.status_code == 201
    url = f"/api/v1/alarms/hand-overs/{made.json()['id']}/read"
    assert first.post(url).status_code == 409
    assert second.post(url).json()["read_by"].startswith("Test")
    systems = second.get("/api/v1/alarms/systems").json()["items"]
    assert [row["account"] for row in systems] == ["0012"]
    assert "secret" not in str(systems)
    zones = second.get("/api/v1/alarms/zones", {"system_id": system.pk}).json()["items"]
    assert [zone["number"] for zone in zones] == ["3", "4"]


def test_every_answer_of_the_pages_is_one_of_the_api() -> None:
    from schoolward.domains.alarms.api.answers import router

    paths = set(router.path_operations)
    called = {"step": "steps", "impossible": "steps/impossible", "call": "calls", "note": "notes"}
    assert {f"/cases/{{number}}/{called.get(name, name)}" for name in ANSWERS} <= paths


# --- the morning ---------------------------------------------------------------------------------------


def test_the_morning_tells_of_the_night(client_of: Any, system: AlarmSystem, settings: Any) -> None:
    settings.DEMO = True  # whose day stands at the morning after `NIGHT`
    made = make_case(system, title="Open one", opened_at=NIGHT)
    ended = make_case(system, title="Ended one", opened_at=NIGHT)
    Case.objects.filter(pk=ended.pk).update(
        state="closed", disposition="false", cause="hvac", closed_at=NIGHT + timedelta(minutes=5)
    )

    page = text(client_of("alarm_operator").get(reverse("home:morning")))

    assert "1 alarm is not closed" in page
    assert page.index("Open one") < page.index("Ended one")
    assert reverse("alarms:case", args=[made.number]) in page
    assert "Heating, cooling, moving air 1" in page
    assert "Alarms of the night" not in text(client_of("provider").get(reverse("home:morning")))


def test_in_the_demonstration_the_night_is_answered_on_its_morning(
    operator: Client, system: AlarmSystem, settings: Any
) -> None:
    settings.DEMO = True
    then = make_case(system, opened_at=NIGHT)
    today = make_case(system, opened_at=timezone.now())

    for case in (then, today):
        send(operator, case, "claim")
        case.refresh_from_db()

    assert then.claimed_at is not None
    assert today.claimed_at is not None
    assert (then.claimed_at.year, today.claimed_at.year) == (2012, timezone.now().year)


# --- whom to call --------------------------------------------------------------------------------------


def test_no_number_kept_is_said_and_nobody_elses_shown(operator: Client, client_of: Any, case: Case) -> None:
    Campus.objects.filter(pk=case.campus_id).update(jurisdiction="city")
    page = text(operator.get(reverse("alarms:case", args=[case.number])))

    assert page.count("no number kept") == 3  # emergency, non-emergency, guard
    assert "tel:" not in page
    assert "Ask the safe-schools lead or an administrator" in page
    lead = text(client_of("lead").get(reverse("alarms:case", args=[case.number])))
    assert f'<a href="{reverse("people:numbers")}">Enter the numbers that are missing</a>' in lead


def test_the_numbers_of_the_jurisdiction_are_shown_and_kept_with_the_case(
    operator: Client, planned: Case, numbers: None
) -> None:
    page = text(operator.get(reverse("alarms:case", args=[planned.number])))

    assert 'River police <a href="tel:555-0110">555-0110</a>' in page
    assert 'Night guards <a href="tel:555-0112">555-0112</a>' in page
    assert "Sheriff" not in page
    assert "no number kept" not in page

    send(operator, planned, "claim")
    for _contact in (1, 2):
        send(operator, planned, "call", number=f"555-010{_contact}", outcome="no_answer")
    send(operator, planned, "police", agency="city_non_emergency")
    entry = planned.entries.get(kind="dispatched_police")
    assert (entry.detail["title"], entry.detail["number"]) == ("River police", "555-0110")
    ResponseNumber.objects.all().delete()
    told = text(operator.get(reverse("alarms:case", args=[planned.number])))
    assert "River police" in told  # what it was called when it was asked
