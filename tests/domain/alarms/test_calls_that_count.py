"""Two calls before the police: only what a telephone can call counts, wherever it is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.alarms.conftest import Person

from schoolward.analysis.telephone import can_be_dialled
from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.models import CallContact, Case, CaseEntry
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("911", True),
        ("916-555-0100", True),
        ("(916) 555-0100 ext. 3", True),
        ("+1 916 555 0100", True),
        ("x", False),
        ("12", False),
        ("call the office", False),
        ("916-555-0100; 916-555-0101", False),
        ("", False),
    ],
)
def test_what_can_be_dialled(number: str, dialled: bool) -> None:
    assert can_be_dialled(number) is dialled


@pytest.mark.parametrize("number", ["x", "y", "the neighbour", "12"])
def test_what_cannot_be_dialled_is_no_call(case: Case, person: Person, at: datetime, number: str) -> None:
    operator = person()
    with pytest.raises(actions.NumberWrong, match="cannot be dialed"):
        actions.log_call(case_id=case.pk, number=number, outcome="no_answer", by=operator, at=at)
    with pytest.raises(actions.CallsMissing):
        actions.dispatch_police(case_id=case.pk, by=operator, at=at)


def test_what_was_written_before_this_was_refused_counts_no_more(
    case: Case, person: Person, at: datetime
) -> None:
    for number in ("x", "y"):
        detail = {"number": number, "outcome": "no_answer"}
        CaseEntry.objects.create(case=case, kind="call", at=at, detail=detail)

    assert queries.judgement_of(case).calls_needed == 2
    with pytest.raises(actions.CallsMissing):
        actions.dispatch_police(case_id=case.pk, by=person(), at=at)


def test_a_contact_without_a_real_number_is_neither_kept_nor_called(
    case: Case, site: Campus, person: Person, by: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.NumberWrong):
        actions.keep_contact(campus_id=site.pk, order=1, title="Office", phone="office", by=by, at=at)
    old = CallContact.objects.create(campus=site, order=1, title="Office", phone="office")
    with pytest.raises(actions.NumberWrong):
        actions.log_call(case_id=case.pk, contact_id=old.pk, outcome="no_answer", by=person(), at=at)


def test_page_and_api_say_the_mend(client_of: Any, case: Case) -> None:
    client: Client = client_of("alarm_operator")

    page = client.post(
        reverse("alarms:answer", args=[case.number, "call"]), {"number": "x", "outcome": "no_answer"}
    )
    api = client.post(
        f"/api/v1/alarms/cases/{case.number}/calls",
        {"number": "y", "outcome": "no_answer"},
        content_type="application/json",
    )

    assert page.status_code == 409
    assert "“x” cannot be dialed." in page.content.decode()
    assert api.status_code == 409
    assert "“y” cannot be dialed." in api.json()["detail"]
    assert not case.entries.filter(kind="call").exists()
