"""Along a referral over HTTP: program, goals, sessions, follow-ups, passing on; school days; catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from schoolward.domains.cases.models import AttendanceDay, Goal, Referral, Youth, of_youth
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Program
from schoolward.platform.access.models import Membership
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stands_still(settings: LazySettings) -> None:
    settings.DEMO = True


def _send(client: Client, address: str, /, how: str = "post", **sent: Any) -> Any:
    return getattr(client, how)(f"/api/v1/{address}", sent, content_type="application/json")


def test_a_goal_is_set_looked_at_and_nobody_elses(
    client_of: Callable[..., Client], referral: Referral
) -> None:
    client, another = client_of("program_coordinator"), client_of("program_coordinator", who="another")
    at = f"cases/referrals/{referral.pk}/goals"
    early = _send(client, at, words="To be at school by eight", review_on="2012-09-06")
    assert early.status_code == 422
    made = _send(client, at, words="To be at school by eight", review_on="2012-10-06")
    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert client.get(f"/api/v1/{at}").json() == [made.json()]
    review = f"cases/goals/{made.json()['id']}/review"
    assert _send(another, review, state="reached").status_code == 404
    assert _send(another, at, words="Not theirs", review_on="2012-10-06").status_code == 404
    assert another.get(f"/api/v1/{at}").json() == []
    assert _send(client, review, state="reached").json()["state"] == "reached"
    assert not any("eight" in str(event) for event in Event.objects.values_list("detail", flat=True))
    assert _send(client, "cases/goals/999/review", state="reached").status_code == 404


def test_the_program_is_chosen_until_the_family_says_yes(
    client_of: Callable[..., Client], referral: Referral, program: Program, by: Viewer, at: datetime
) -> None:
    client = client_of("program_coordinator")
    other = program_actions.add_program(
        title="Another", kind="case", provider_id=program.provider_id, by=by, at=at
    )
    where = f"cases/referrals/{referral.pk}/program"
    assert _send(client, where, program=other.key).json()["program"] == other.key
    assert _send(client, where, program="nothing").status_code == 422
    assert _send(client, where, program=program.key, version=1).status_code == 422


def test_sessions_are_planned_and_counted(
    client_of: Callable[..., Client],
    brought_to: Callable[[str], Referral],
    program: Program,
    by: Viewer,
    at: datetime,
) -> None:
    client, referral = client_of("program_coordinator"), brought_to("started")
    where = f"cases/referrals/{referral.pk}/sessions"
    assert _send(client, where, offering=1, planned=12).status_code == 422
    assert client.get(f"/api/v1/{where}").json() == []
    early = _send(client, f"cases/referrals/{referral.pk}/follow-ups", months=12, found="no", source="police")
    assert early.status_code == 422
    assert client.get(f"/api/v1/cases/referrals/{referral.pk}/follow-ups").json() == []
    assert _send(client, "cases/sessions/999/count", attended=1).status_code == 404


def test_it_is_passed_on_only_under_an_agreement(
    client_of: Callable[..., Client],
    referral: Referral,
    agreement: Callable[..., Any],
    membership: Callable[..., Membership],
    monkeypatch: pytest.MonkeyPatch,
    at: datetime,
) -> None:
    # The demonstration's morning lies before the noon at which the agreement is signed.
    monkeypatch.setattr("schoolward.domains.cases.api.referrals.now", lambda _at: at)
    client = client_of("program_coordinator")
    membership("program_coordinator", "community")
    where = f"cases/referrals/{referral.pk}/pass-on"
    assert _send(client, where, agency="nobody", reason="Lives nearer").status_code == 422
    assert _send(client, where, agency="community", reason="Lives nearer").status_code == 422
    agreement("district", "community", ["cases.Youth.legal_name", "cases.Guardian.reach_at"])
    passed = _send(client, where, agency="community", reason="Lives nearer")
    assert (passed.status_code, passed.json()["end_reason"]) == (200, "transferred")


def test_days_of_school_are_read_by_whoever_stands_by_them(
    client_of: Callable[..., Client], coordinator: Viewer, youth: Youth, at: datetime
) -> None:
    with within(coordinator):
        for day in (3, 4, 5):
            AttendanceDay.objects.create(**of_youth(youth), on=date(2012, 9, day), mark="present", told_at=at)
    where = f"/api/v1/cases/youths/{youth.pk}/attendance"
    told = client_of("program_coordinator").get(f"{where}?from=2012-09-04").json()
    assert [day["on"] for day in told] == ["2012-09-05", "2012-09-04"]
    assert client_of("program_coordinator", who="another").get(where).status_code == 404
    assert client_of("provider", "community").get(where).status_code == 403


def test_the_catalogue_is_written(client_of: Callable[..., Client], program: Program) -> None:
    client = client_of("lead", purpose="school_safety")
    sent = {"title": "Rugby", "kind": "team", "provider": program.provider.key, "fee_cents": 1250}
    made = _send(client, "programs", **sent)
    assert (made.status_code, made.json()["fee_cents"]) == (201, 1250), made.content
    key = made.json()["key"]
    wrong = _send(client, "programs", **{**sent, "kind": "nothing"})
    assert (wrong.status_code, "kind" in wrong.content.decode()) == (422, True)
    assert _send(client, "programs", **{**sent, "provider": "nobody"}).status_code == 422
    changed = _send(client, f"programs/{key}", "put", **{**sent, "title": "Rugby team", "min_age": 12})
    assert (changed.json()["title"], changed.json()["key"]) == ("Rugby team", key)
    rating = {
        "source": "A clearinghouse",
        "rating": "Promising",
        "population": "Ages 12 to 18",
        "dated": "2012-01-01",
        "date_is": "rated",
    }
    rated = _send(client, f"programs/{key}/ratings", **rating)
    assert [one["rating"] for one in rated.json()["ratings"]] == ["Promising"]
    assert _send(client, f"programs/{key}/ratings", **{**rating, "date_is": "x"}).status_code == 422
    ended = _send(client, f"programs/{key}/end", ended_on="2012-09-30")
    assert ended.json()["ended_on"] == "2012-09-30"
    assert _send(client_of("provider", "community"), "programs", **sent).status_code == 403
    assert not Goal.objects.exists()
