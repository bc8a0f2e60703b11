"""Barriers from report to closing, and the work between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from tests.domain.routes.conftest import Person

from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.models import Barrier, BarrierState, BarrierStep
from schoolward.domains.routes.states import TRANSITIONS, Move, moves_by_hand, transition_for
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible

Report = Callable[..., Barrier]
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def _to_work(barrier: Barrier, person: Person, at: datetime) -> WorkItem:
    """Take a reported barrier to open work."""
    by = person("safe_routes")
    actions.decide_barrier(barrier_id=barrier.pk, move="accept", by=by, at=at)
    made = actions.recommend(
        barrier_id=barrier.pk,
        countermeasure="crosswalk",
        text="Mark it.",
        estimate_cents=1_800_000,
        by=by,
        at=at,
    )
    actions.answer_recommendation(recommendation_id=made.pk, answer="agreed", by=by, at=at)
    made = actions.open_work_for(recommendation_id=made.pk, by=by, at=at)
    assert made.work_id is not None
    return WorkItem.objects.get(pk=made.work_id)


def _verify(item: WorkItem, person: Person, at: datetime) -> None:
    acting: dict[str, Any] = {"item_id": item.pk, "at": at}
    work.accept(due=date(2013, 1, 10), by=person("lead"), **acting)
    work.fund(amount_cents=1_800_000, money_source="City street fund", by=person("lead"), **acting)
    work.schedule(planned_on=date(2012, 9, 20), by=person("safe_routes"), **acting)
    work.complete(actual_cents=1_750_000, by=person("safe_routes"), **acting)
    work.add_evidence(text="Walked it.", by=person("safe_routes"), **acting)
    work.verify(by=person("lead"), **acting)


def test_a_barrier_is_closed_by_verified_work_alone(barrier: Report, person: Person, at: datetime) -> None:
    made = barrier()
    assert made.reference == f"B-{made.pk:05d}"
    item = _to_work(made, person, at)
    assert item.source.startswith("routes.Recommendation:")
    assert item.estimate_cents == 1_800_000
    assert item.severity == "high"
    made.refresh_from_db()
    assert made.state == BarrierState.IN_WORK
    assert not moves_by_hand(BarrierState.IN_WORK)
    for move in ("close", "accept", "decline", "reopen"):
        with pytest.raises(actions.RouteRefused):
            actions.decide_barrier(
                barrier_id=made.pk, move=move, reason="So.", by=person("safe_routes"), at=at
            )
    _verify(item, person, at)
    made.refresh_from_db()
    assert (made.state, made.closed_on) == (BarrierState.CLOSED, date(2012, 9, 6))
    assert [step.to_state for step in queries.steps_of(made)] == [
        "reported",
        "accepted",
        "recommended",
        "in_work",
        "closed",
    ]


def test_work_that_is_taken_up_again_opens_the_barrier(barrier: Report, person: Person, at: datetime) -> None:
    made = barrier()
    item = _to_work(made, person, at)
    _verify(item, person, at)
    work.reopen(item_id=item.pk, reason="The paint wore off.", by=person("lead"), at=at)
    made.refresh_from_db()
    assert (made.state, made.closed_on) == (BarrierState.IN_WORK, None)
    assert queries.steps_of(made)[-1].reason == "The paint wore off."


def test_declined_work_leaves_the_barrier_accepted(barrier: Report, person: Person, at: datetime) -> None:
    made = barrier()
    item = _to_work(made, person, at)
    work.decline(item_id=item.pk, reason="No money.", by=person("lead"), at=at)
    made.refresh_from_db()
    assert made.state == BarrierState.ACCEPTED
    actions.recommend(
        barrier_id=made.pk,
        countermeasure="guard",
        text="A guard until then.",
        by=person("safe_routes"),
        at=at,
    )
    # The first work comes back, but something else has been recommended meanwhile.
    work.reopen(item_id=item.pk, reason="There is money.", by=person("lead"), at=at)
    made.refresh_from_db()
    assert made.state == BarrierState.RECOMMENDED


def test_an_owner_may_refuse(barrier: Report, person: Person, at: datetime) -> None:
    made, by = barrier(), person("safe_routes")
    actions.decide_barrier(barrier_id=made.pk, move="accept", by=by, at=at)
    asked = actions.recommend(barrier_id=made.pk, countermeasure="signal", text="A signal.", by=by, at=at)
    with pytest.raises(actions.RouteRefused, match="stands already"):
        actions.recommend(barrier_id=made.pk, countermeasure="guard", text="A guard.", by=by, at=at)
    with pytest.raises(actions.RouteRefused, match="once the owner has agreed"):
        actions.open_work_for(recommendation_id=asked.pk, by=by, at=at)
    with pytest.raises(actions.RouteRefused, match="few words"):
        actions.answer_recommendation(recommendation_id=asked.pk, answer="refused", by=by, at=at)
    actions.answer_recommendation(
        recommendation_id=asked.pk, answer="refused", text="Too little traffic.", by=by, at=at
    )
    made.refresh_from_db()
    assert made.state == BarrierState.ACCEPTED
    second = actions.recommend(
        barrier_id=made.pk, countermeasure="guard", text="A guard.", owner="district", by=by, at=at
    )
    made.refresh_from_db()
    assert (second.number, made.owner) == (2, "district")
    with pytest.raises(actions.RouteRefused, match="its answer already"):
        actions.answer_recommendation(recommendation_id=asked.pk, answer="agreed", by=by, at=at)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"latitude": -121.4}, "latitude"),
        ({"longitude": 238.5}, "longitude"),
        ({"title": "  "}, "title"),
        ({"place": ""}, "place"),
        ({"kind": "dragon"}, "kind"),
        ({"owner": "nobody"}, "owner"),
        ({"found_on": date(2012, 10, 1)}, "found_on"),
        ({"photo": BytesIO(b"not a picture"), "photo_name": "x.png"}, "photo"),
    ],
)
def test_what_cannot_be_reported(barrier: Report, given: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.RouteRefused) as refused:
        barrier(**given)
    assert refused.value.field == field
    assert not Barrier.objects.exists()


def test_a_reference_is_taken_once(barrier: Report) -> None:
    barrier(reference="MINE-1")
    with pytest.raises(actions.RouteRefused, match="has this reference"):
        barrier(reference="MINE-1")


def test_the_photograph_goes_with_the_work(
    barrier: Report, person: Person, at: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    made = barrier(photo=BytesIO(PNG), photo_name="corner.png")
    assert made.photo is not None
    item = _to_work(made, person, at)
    carried = item.evidence.get()
    assert carried.file_id == made.photo_id
    assert item.evidence_count == 0  # what was found proves no fix


def test_only_coordinators_decide(
    barrier: Report, oak: Campus, elm: Campus, person: Person, at: datetime
) -> None:
    made = barrier(by=person("provider", [oak]))
    with pytest.raises(AccessDenied):
        actions.decide_barrier(barrier_id=made.pk, move="accept", by=person("site_lead", [oak]), at=at)
    with pytest.raises(AccessDenied):
        barrier(by=person("provider", [elm]))
    with pytest.raises(AccessDenied):
        barrier(by=person("trustee"))
    assert queries.barriers(person("site_lead", [elm])).count() == 0
    assert queries.barriers(person("regional_partner", [oak])).count() == 1


def test_a_city_engineer_sees_the_work_on_streets_alone(
    barrier: Report, oak: Campus, person: Person, at: datetime
) -> None:
    item = _to_work(barrier(), person, at)
    work.propose(title="New lock", campus_id=oak.pk, by=person("lead"), at=at)
    seen = visible(WorkItem.objects.all(), person("safe_routes"))
    assert list(seen) == [item]


def test_a_declined_barrier_keeps_its_reason_and_may_come_back(
    barrier: Report, person: Person, at: datetime
) -> None:
    made, by = barrier(), person("lead")
    with pytest.raises(actions.RouteRefused, match="few words"):
        actions.decide_barrier(barrier_id=made.pk, move="decline", by=by, at=at)
    actions.decide_barrier(barrier_id=made.pk, move="decline", reason="On a private road.", by=by, at=at)
    with pytest.raises(actions.RouteRefused, match="Reopen it"):
        actions.describe_barrier(barrier_id=made.pk, changes={"title": "Else"}, by=by, at=at)
    back = actions.decide_barrier(barrier_id=made.pk, move="reopen", reason="It is public.", by=by, at=at)
    assert back.state == BarrierState.REPORTED
    with pytest.raises(ValueError, match="not descriptive: state"):
        actions.describe_barrier(barrier_id=made.pk, changes={"state": "closed"}, by=by, at=at)
    kept = actions.describe_barrier(barrier_id=made.pk, changes={"title": "Else"}, by=by, at=at)
    assert kept.title == "Else"


def test_the_table_of_moves_is_whole() -> None:
    pairs = [(one.move, one.start) for one in TRANSITIONS]
    assert len(pairs) == len(set(pairs))
    assert {one.start for one in TRANSITIONS} | {one.end for one in TRANSITIONS} == set(BarrierState.values)
    # Nothing but work closes a barrier.
    assert [one.move for one in TRANSITIONS if one.end == BarrierState.CLOSED] == [Move.CLOSE]
    assert not any(
        one.by_hand for one in TRANSITIONS if one.end in (BarrierState.CLOSED, BarrierState.IN_WORK)
    )
    assert transition_for("close", "reported") is None


def test_the_database_keeps_to_it(barrier: Report) -> None:
    made = barrier()
    with pytest.raises(IntegrityError), transaction.atomic():
        Barrier.objects.filter(pk=made.pk).update(state="closed")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        BarrierStep.objects.filter(barrier=made).update(reason="Else.")


def test_barriers_as_geojson(barrier: Report, person: Person) -> None:
    made = barrier()
    feature = queries.barrier_points(queries.barriers(person("safe_routes")))["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-121.471, 38.531]}
    assert feature["properties"]["reference"] == made.reference
    assert feature["properties"]["owner"] == "city"


def test_owners_that_are_silent_for_long(barrier: Report, person: Person, at: datetime) -> None:
    made, by = barrier(found_on=date(2012, 5, 1)), person("safe_routes")
    actions.decide_barrier(barrier_id=made.pk, move="accept", by=by, at=at)
    Barrier.objects.filter(pk=made.pk).update(accepted_on=date(2012, 5, 2))
    actions.recommend(
        barrier_id=made.pk,
        countermeasure="signs",
        text="Signs.",
        sent_on=date(2012, 7, 1),
        by=by,
        at=at,
    )
    assert queries.unanswered(by, on=date(2012, 8, 29)).count() == 0
    assert queries.unanswered(by, on=date(2012, 8, 30)).count() == 1


@pytest.mark.parametrize("role", ["safe_routes", "trustee"])
def test_the_chain_leads_from_each_of_its_ends_to_the_other(
    role: str, barrier: Report, person: Person, client_of: Callable[..., Any], at: datetime
) -> None:
    made = barrier()
    item = _to_work(made, person, at)
    browser = client_of(role)
    page = reverse("routes:barrier", args=[made.pk])
    panel = reverse("routes:work_panel", args=[item.pk])
    assert reverse("work:detail", args=[item.pk]) in browser.get(page).content.decode()
    assert panel in browser.get(reverse("work:detail", args=[item.pk])).content.decode()
    told = browser.get(panel).content.decode()
    assert (page in told, "before and after" in told) == (True, False)
    _verify(item, person, at)
    closed = browser.get(page).content.decode()
    assert "set aside $18,000, City street fund" in closed
    assert "Its work was verified." in closed
    after = f"{reverse('routes:compare')}?fix={made.pk}"
    assert after in closed
    assert after in browser.get(panel).content.decode()
    assert page in browser.get(after).content.decode()


def test_work_that_is_of_no_barrier_has_no_panel_of_one(
    client_of: Callable[..., Any], oak: Campus, person: Person, at: datetime
) -> None:
    item = work.propose(
        kind="task",
        title="Mend the gate",
        campus_id=oak.pk,
        trade="fencing",
        severity="low",
        by=person("lead"),
        at=at,
    )
    browser = client_of("lead")
    panel = reverse("routes:work_panel", args=[item.pk])
    assert panel not in browser.get(reverse("work:detail", args=[item.pk])).content.decode()
    assert browser.get(panel).status_code == 404
