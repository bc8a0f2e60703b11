"""What readers of the desk tripped over: who sees numbers, what may be ticked, how a threat is closed."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.domain.alarms.journal_writer import NIGHT, Receiver, make_case

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.actions import WantedStep
from schoolward.domains.alarms.models import AlarmSystem, Case, CaseEntry, CaseState, EntryKind, Lease, Signal
from schoolward.domains.alarms.presence import DEMONSTRATION, SECONDS_OF_PRESENCE, presence_of
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.navigation import items_for

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def called(case: Case, site: Campus, person: Any, by: Viewer, at: Any) -> Case:
    """A case whose contact was called."""
    contact = actions.keep_contact(
        campus_id=site.pk, order=1, title="Office", phone="555-0177", by=by, at=at
    ).row
    actions.log_call(
        case_id=case.pk, contact_id=contact.pk, outcome="no_answer", by=person("lead", name="Lead"), at=at
    )
    return case


@pytest.mark.parametrize(
    ("role", "sees"),
    [("trustee", False), ("grants_analyst", False), ("alarm_operator", True), ("facilities", True)],
)
def test_only_who_may_call_reads_the_numbers_of_a_call_list(
    client_of: Any, called: Case, role: str, sees: bool
) -> None:
    client: Client = client_of(role)

    page = client.get(reverse("alarms:case", args=[called.number]))
    api = client.get(f"/api/v1/alarms/cases/{called.number}")
    export = client.get(reverse("exchange:export", args=["alarm-contacts", "csv"]))

    assert page.status_code == api.status_code == 200
    for response in (page, api):
        assert ("555-0177" in text(response)) is sees
        assert "Office" in text(response)
    if export.status_code == 200:
        written = b"".join(export) if export.streaming else export.content
        assert (b"555-0177" in written) is sees


def test_without_a_camera_the_step_is_answered_and_not_done(
    client_of: Any, system: AlarmSystem, by: Viewer, at: Any
) -> None:
    plan = actions.keep_plan(
        signal_kind="burglary", title="B", steps=[WantedStep("camera", "Look at the camera")], by=by, at=at
    ).row
    without = make_case(system, plan=plan)
    seen = make_case(system, plan=plan, zone=system.zones.get(number="4"))
    client: Client = client_of("alarm_operator")

    page = text(client.get(reverse("alarms:case", args=[without.number])))

    assert f'action="{reverse("alarms:answer", args=[without.number, "step"])}"' not in page
    assert 'name="reason" value="No camera here"' in page
    # One rule for page, API and keys: nobody has looked where there is no camera.
    step = plan.steps.get().pk
    for sent in (
        client.post(reverse("alarms:answer", args=[without.number, "step"]), {"step_id": step}),
        client.post(
            f"/api/v1/alarms/cases/{without.number}/steps", {"step_id": step}, content_type="application/json"
        ),
    ):
        assert sent.status_code == 409
        assert "No camera is linked to the zones of this case" in text(sent)
    assert not without.entries.filter(kind=EntryKind.STEP).exists()
    without.refresh_from_db()
    assert without.state == CaseState.WAITING, "a refusal claims nothing"
    linked = text(client.get(reverse("alarms:case", args=[seen.number])))
    assert f'action="{reverse("alarms:answer", args=[seen.number, "step"])}"' in linked


def close(client: Client, case: Case, **sent: str) -> Any:
    told = {"disposition": "false", "cause": "user_error", **sent}
    return client.post(reverse("alarms:answer", args=[case.number, "close"]), told)


def test_the_section_by_itself_leads_to_the_desk(client_of: Any) -> None:
    shown = client_of("alarm_operator").get("/alarms/")
    assert (shown.status_code, shown["Location"]) == (302, reverse("alarms:desk"))


HOW_TO = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "answer-alarms.md"
#: Pages that the how-to names although an operator has no way to them, and who has one by its words.
KEPT_BY_OTHERS = {
    "Journal": "which is for those who keep or audit alarms",
    "Call lists": "Whoever keeps call lists (the lead, facilities, an administrator",
}


def test_what_the_how_to_sends_an_operator_to_is_open_to_the_operator(
    client_of: Any, person: Any, case: Case
) -> None:
    client: Client = client_of("alarm_operator")
    told = " ".join(HOW_TO.read_text(encoding="utf-8").split())
    urls = {
        str(item.label): item.url for part in items_for(person("lead", name="Lead")) for item in part.items
    }
    named = set(re.findall(r"\*(?:Alarms|Administration) → ([^*→]+)\*", told))

    assert named >= {"Desk", "Systems", "Receivers", "Journal"}
    closed = {name for name in named if client.get(urls[name]).status_code == 403}
    assert closed == set(KEPT_BY_OTHERS)
    assert all(words in told for words in KEPT_BY_OTHERS.values())


def test_a_threat_to_life_is_not_closed_as_false_without_a_second_word(client_of: Any, case: Case) -> None:
    client: Client = client_of("alarm_operator")
    for answer, told in (("evidence", {"kind": "weapon_seen"}), ("police", {})):
        sent = client.post(reverse("alarms:answer", args=[case.number, answer]), told)
        assert sent.status_code == 302
    case.refresh_from_db()
    assert case.verified_before_dispatch

    asked = close(client, case)
    api = client.post(
        f"/api/v1/alarms/cases/{case.number}/close",
        {"disposition": "false", "cause": "user_error"},
        content_type="application/json",
    )
    assert asked.status_code == api.status_code == 409
    assert "a threat is known" in text(asked)
    assert 'name="confirmation"' in text(asked)

    assert close(client, case, confirmation="The weapon was a prop of the play").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.verified_before_dispatch) == ("closed", False)
    assert CaseEntry.objects.get(kind="closed").detail["confirmation"] == "The weapon was a prop of the play"
    client.post(reverse("alarms:answer", args=[case.number, "reopen"]), {"reason": "It was none"})
    case.refresh_from_db()
    assert case.verified_before_dispatch
    assert close(client, case, disposition="crime", cause="intruder").status_code == 302
    case.refresh_from_db()
    assert case.verified_before_dispatch


def test_the_police_are_chosen_by_keys_of_their_own(
    client_of: Any, other_site: Campus, by: Viewer, at: Any
) -> None:
    system = actions.keep_system(line="main", account="0098", campus_id=other_site.pk, by=by, at=at).row
    page = text(client_of("alarm_operator").get(reverse("alarms:case", args=[make_case(system).number])))

    part = page[page.index('data-answer="police"') : page.index('data-answer="guard"')]
    assert "<select" not in part
    assert part.count('type="radio"') == 4
    assert " checked" not in part
    assert 'data-option="1"' in part


def test_a_long_list_of_signals_is_folded(
    client_of: Any, case: Case, system: AlarmSystem, receiver: Receiver
) -> None:
    segment = receiver.frame("NBA3").commit()
    Signal.objects.bulk_create(
        Signal(
            segment=segment, frame_index=0, event_index=n, digest=bytes(16), account="0012", system=system,
            campus=system.campus, received_at=NIGHT + timedelta(seconds=n), kind="burglary", case=case,
        )
        for n in range(30)
    )  # fmt: skip

    page = text(client_of("alarm_operator").get(reverse("alarms:case", args=[case.number])))

    assert "18 further ones" in page
    assert page.index("more-signals") < page.rindex("entry--bad")


def test_each_receiver_is_running_stopped_or_not_heard(client_of: Any, receiver: Receiver, at: Any) -> None:
    now = timezone.now()
    for name, holder, until in (
        ("well", "well", now + timedelta(seconds=SECONDS_OF_PRESENCE)),
        ("stopped", "", now - timedelta(minutes=2)),
        ("dead", "dead", now - timedelta(minutes=3)),
    ):
        Receiver(name=name).frame("NBA3").commit()
        Lease.objects.create(name=presence_of(name), holder=holder, until=until)
    Receiver(name="older").frame("NBA3").commit(stored_at=now - timedelta(minutes=9))
    Receiver(name=DEMONSTRATION).frame("NBA3").commit(stored_at=now - timedelta(days=900))

    found = queries.presences(at=now)
    page = text(client_of("facilities").get(reverse("alarms:receivers")))

    assert {name: one.state for name, one in found.items()} == {
        "well": "running", "stopped": "stopped", "dead": "not_heard",
    }  # fmt: skip
    assert page.count(">Running<") == 1
    assert page.count(">Stopped at ") == 1
    assert page.count(">Not heard since ") == 2, "also the one that says nothing of itself"
    assert page.count(">Ran when the demonstration was made<") == 1, "nothing is wrong with that one"
    assert "r:well" not in page, "it is no lease that one of several holds"
