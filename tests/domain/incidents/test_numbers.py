"""An incident is found by each of the numbers that people call it by, on the search page and in the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from schoolward.domains.incidents.actions import IncidentDraft, record_incident
from schoolward.domains.incidents.models import Incident
from schoolward.domains.incidents.queries import incidents_by_number, numbered
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.report import Report

pytestmark = pytest.mark.django_db
FILE = """number,occurred_at,address,latitude,longitude,category
12-1234,2012-09-04 08:15,10 First Street,38.50,-121.50,theft
77,2012-09-04 09:15,9 Far Way,38.60,-121.40,theft
"""


@pytest.fixture
def known(schools: None, bring_in: Callable[..., Report], by: Viewer, at: datetime) -> dict[str, int]:
    """Two incidents of a file, and one entered by hand whose own key is the number of another."""
    bring_in("incidents", FILE)
    found = {row.source_key: row.pk for row in Incident.objects.all()}
    far = Incident.objects.get(source_key="77")
    draft = IncidentDraft(
        occurred_at=datetime(2012, 9, 5, 19, tzinfo=UTC),
        category="theft",
        campus_id=Incident.objects.get(source_key="12-1234").campus_id,
    )
    made = record_incident(draft=draft, by=by, at=at)
    Incident.objects.filter(pk=made.pk).update(case_number="CR-5", source_key=str(far.pk))
    return {**found, "by hand": made.pk}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("12-1234", ["12-1234"]),
        (" 12-1234 ", ["12-1234"]),
        ("CR-5", ["by hand"]),
        ("12-123", []),
        ("", []),
        ("#", []),
        ("²", []),
        ("#" + "9" * 30, []),
    ],
)
def test_a_number_finds_its_incidents(known: dict[str, int], by: Viewer, text: str, names: list[str]) -> None:
    right = {known[name] for name in names}
    assert set(numbered(text)) == right
    assert {row.pk for row in incidents_by_number(by, text)} == right


def test_one_number_may_be_that_of_several(known: dict[str, int], client_of: Callable[..., Client]) -> None:
    """Our number of one is the source's number of another: both are found, each once, at most as many."""
    ours = known["77"]
    assert numbered(str(ours)) == sorted({ours, known["by hand"]}, reverse=True)
    assert numbered(f"#{ours}") == [ours]
    assert len(numbered(str(ours), most=1)) == 1
    page = client_of("lead").get("/incidents/", {"number": str(ours)})
    assert page.context["table"].paginator.count == 2


def test_only_what_one_may_see_is_found(known: dict[str, int], viewer: Callable[..., Viewer]) -> None:
    north = Incident.objects.get(pk=known["12-1234"]).campus_id
    lead = viewer("site_lead", campus_ids={north})
    assert incidents_by_number(lead, "12-1234").count() == 1
    assert incidents_by_number(lead, "77").count() == 0
