"""Entries by hand, corrections, who may, and tallies under random writes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schoolward.domains.incidents.actions import (
    IncidentDraft,
    IncidentRefused,
    attribute_again,
    correct_incident,
    record_incident,
)
from schoolward.domains.incidents.models import Category, Incident
from schoolward.domains.incidents.queries import (
    AT,
    NEAR,
    Slice,
    by_month,
    by_month_at_and_near,
    by_site,
    total,
)
from schoolward.domains.places.queries import campus_for_cds
from schoolward.platform.access.models import Agency
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.report import Report

pytestmark = pytest.mark.django_db
Import = Callable[..., Report]
NOON = datetime(2012, 9, 5, 19, 0, tzinfo=UTC)  # noon in Sacramento, a Wednesday


def north() -> int:
    campus = campus_for_cds("34670000000001")
    assert campus is not None
    return campus.pk


@pytest.fixture
def draft(schools: None) -> IncidentDraft:
    return IncidentDraft(occurred_at=NOON, category="vandalism", campus_id=north(), description="Broken pane")


def test_an_entry_is_attributed_counted_and_on_record(
    draft: IncidentDraft, by: Viewer, at: datetime, tallies_are_right: Callable[[], None]
) -> None:
    incident = record_incident(draft=draft, by=by, at=at)
    incident.refresh_from_db()
    assert (incident.number, incident.source, incident.placement) == ("2012-000001", "manual", "site")
    assert (incident.method, incident.at_campus, incident.near_campus) == ("address", True, True)
    assert incident.in_school_hours
    assert incident.record_class == "law_enforcement_unit"
    assert record_incident(draft=draft, by=by, at=at).number == "2012-000002"
    assert Event.objects.filter(action="incidents.recorded").count() == 2
    tallies_are_right()


def test_the_category_that_a_person_chose_stands(draft: IncidentDraft, by: Viewer, at: datetime) -> None:
    incident = record_incident(draft=replace(draft, description="Fight near the gym"), by=by, at=at)
    assert incident.category == "vandalism"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"occurred_at": datetime(2012, 9, 7, tzinfo=UTC)}, "occurred_at"),
        ({"category": "nonsense"}, "category"),
        ({"campus_id": None}, "campus"),
        ({"campus_id": 987_654}, "campus"),
        ({"occurred_at": datetime(1899, 12, 31, 20, tzinfo=UTC)}, "occurred_at"),
        ({"occurred_at": datetime(1979, 9, 5, 19, tzinfo=UTC)}, "campus"),  # the school opened in 1980
    ],
)
def test_what_makes_no_sense_is_refused(
    draft: IncidentDraft, by: Viewer, at: datetime, change: dict[str, object], field: str
) -> None:
    with pytest.raises(IncidentRefused) as refusal:
        record_incident(draft=replace(draft, **change), by=by, at=at)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert not Incident.objects.exists()


def test_a_site_lead_enters_at_the_own_site_only(
    draft: IncidentDraft, viewer: Callable[..., Viewer], at: datetime
) -> None:
    Agency.objects.create(pk=1, key="district", name="District", kind="district", created_at=at)
    own = viewer("site_lead", campus_ids={north()})
    assert record_incident(draft=draft, by=own, at=at).campus_id == north()
    with pytest.raises(AccessDenied):
        record_incident(draft=draft, by=viewer("site_lead", campus_ids={north() + 1}), at=at)
    with pytest.raises(IncidentRefused):
        record_incident(draft=replace(draft, campus_id=None, address="1 A ST"), by=own, at=at)
    with pytest.raises(AccessDenied):
        record_incident(draft=draft, by=viewer("trustee"), at=at)


def test_a_correction_moves_the_count(
    draft: IncidentDraft, by: Viewer, at: datetime, tallies_are_right: Callable[[], None]
) -> None:
    incident = record_incident(draft=draft, by=by, at=at)
    corrected = correct_incident(
        incident=incident,
        draft=replace(draft, category="theft", campus_id=None, address="1 Nowhere Street", spot="gate"),
        by=by,
        at=at + timedelta(hours=1),
    )
    assert (corrected.category, corrected.campus_id, corrected.spot) == ("theft", None, "gate")
    assert corrected.number == "2012-000001"
    event = Event.objects.get(action="incidents.corrected")
    assert "category" in event.detail["fields"]
    tallies_are_right()


def test_a_record_of_a_file_is_corrected_there(
    draft: IncidentDraft, bring_in: Import, by: Viewer, at: datetime, small_file: str
) -> None:
    bring_in("incidents", small_file)
    with pytest.raises(IncidentRefused, match="import the file again"):
        correct_incident(incident=Incident.objects.all()[0], draft=draft, by=by, at=at)


def test_tallies_hold_under_random_writes(
    draft: IncidentDraft, bring_in: Import, by: Viewer, at: datetime, tallies_are_right: Callable[[], None]
) -> None:
    rng = random.Random(20120906)
    header = "number,occurred_at,address,category,latitude,longitude\n"
    places = ("10 First Street", "20 First Street", "1 Elm Street", "")
    for _round in range(12):
        rows = "".join(
            f"{rng.randrange(30)},2012-0{rng.randint(7, 8)}-{rng.randint(1, 28):02} "
            f"{rng.randrange(24):02}:10,"
            f"{rng.choice(places[:3])},{rng.choice(Category.values)},"
            f"{rng.choice((38.5, 38.4, 38.51))},-121.50{rng.randrange(5)}\n"
            for _row in range(rng.randint(1, 25))
        )
        bring_in("incidents", header + rows)
        made = record_incident(draft=replace(draft, category=rng.choice(Category.values)), by=by, at=at)
        correct_incident(
            incident=made, draft=replace(draft, category=rng.choice(Category.values)), by=by, at=at
        )
        attribute_again(by=by, at=at)
        tallies_are_right()


def test_counts_are_those_of_the_viewer(
    schools: None, bring_in: Import, by: Viewer, viewer: Callable[..., Viewer], small_file: str
) -> None:
    bring_in("incidents", small_file)
    chosen = Slice(datetime(2012, 8, 1).date(), datetime(2012, 9, 30).date())  # noqa: DTZ001
    assert total(by, chosen) == 3
    assert total(viewer("site_lead", campus_ids={north()}), chosen) == 2
    assert total(viewer("site_lead", campus_ids={north() + 1}), chosen) == 0
    assert [count for _month, count in by_month(by, chosen)] == [0, 3]
    assert by_month_at_and_near(by, chosen) == (
        by_month(by, replace(chosen, where=AT)),
        by_month(by, replace(chosen, where=NEAR)),
    )
    (site,) = by_site(by, chosen)
    assert (site.at_campus, site.near_campus, site.in_school_hours, site.rate) == (1, 1, 1, None)
