"""The demonstration has every program and body that the board's paper names, linked by key, and no fact
twice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schoolward.domains.initiatives import inventory
from schoolward.domains.initiatives.seed import initiatives
from schoolward.domains.people.seed import agencies_and_accounts
from schoolward.domains.programs import shipped
from schoolward.domains.programs.hooks import companion
from schoolward.domains.programs.kinds import SHAPES
from schoolward.domains.programs.models import (
    DosagePlan,
    EvidenceRating,
    Offering,
    Oversight,
    Program,
    Session,
    SessionState,
)
from schoolward.domains.programs.queries import lacking, to_count, volunteers
from schoolward.domains.programs.seed import programs
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext

#: Of the inventory's programs, those that no young person takes part in.
NOT_FOR_YOUTH = {"sro-program"}


def test_every_program_of_the_inventory_is_there() -> None:
    named = {item.key for item in inventory.items() if item.kind == "programme"} - NOT_FOR_YOUTH
    assert {raw["key"] for raw in shipped.programs()} == named


def test_every_kind_of_program_is_shown() -> None:
    assert {raw["kind"] for raw in shipped.programs()} == set(SHAPES)


def test_bodies_are_named_by_keys_that_are_there() -> None:
    bodies = {item.key for item in inventory.items() if item.kind == "body"}
    named = {key for raw in shipped.programs() for key in raw.get("bodies", ())}
    assert named <= bodies
    assert {"advisory-council", "city-gang-prevention-task-force", "city-schools-collaborative"} <= named
    assert "regional-sro-partnership" in named


@pytest.mark.django_db
def test_the_seed_marks_what_is_invented_and_counts_what_was_held(by: Viewer, at: datetime) -> None:
    context = SeedContext(by=by, at=datetime(2012, 9, 6, 19, tzinfo=UTC), today=date(2012, 9, 6))
    agencies_and_accounts(context)
    programs(context)
    assert programs(context) == "already there"
    initiatives(context)
    assert not Program.objects.filter(invented=True).exists()
    assert not Program.objects.filter(details_invented=False).exists()
    for model in (Offering, Session, Oversight):
        assert not model.objects.filter(invented=False).exists()
    # Plans and ratings are public facts with a source, or say that they are invented.
    assert not DosagePlan.objects.filter(invented=False, source__icontains="invented").exists()
    assert not EvidenceRating.objects.filter(invented=True).exists()
    assert Session.objects.filter(state=SessionState.HELD, counts__isnull=True).count() == 0
    assert Session.objects.filter(state=SessionState.CANCELLED).exists()
    assert not Session.objects.filter(on__gt=context.today).exclude(state=SessionState.PLANNED).exists()
    assert to_count(by, on=context.today)
    lapsed = [one.reference for one in volunteers(by) if lacking(one, context.today, context.today)]
    assert lapsed == ["SPAL-014"]
    beside = companion(by, "project-save")
    assert beside is not None
    assert beside.facts
