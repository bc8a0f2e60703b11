"""The demonstration's seats, months and academies hold to the rules, and say that they are invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from domain.cases.conftest import make_youth
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyMember,
    ClassSeat,
    Guardian,
    MonthlyTrack,
    Referral,
    SeatDuty,
    ServiceHours,
    of_youth,
)
from schoolward.domains.cases.queries import academies, outreach, seats
from schoolward.domains.cases.seed.program_work import AHEAD, BEFORE, program_work_rows
from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions as program_actions
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.demo.registry import SeedContext

PROGRAMS = (
    ("project-save", "class", {"parent_required": True}),
    ("gptto", "case", {}),
    ("criminal-justice-academies", "curriculum", {}),
)


@pytest.fixture
def seeded(
    membership: Callable[..., Membership],
    coordinator: Viewer,
    campus: Campus,
    seeding: SeedContext,
    by: Viewer,
) -> SeedContext:
    """What the seeds before it leave: accounts, programs, classes, young people with a guardian."""
    lead = membership("site_lead", campuses=[campus])
    Account.objects.filter(pk__in=[lead.account_id, coordinator.account_id]).update(is_demonstration=True)
    provider = program_actions.add_provider(
        name="The Office", agency_id=membership("provider", "community").agency_id, by=by, at=seeding.at
    )
    for key, kind, fields in PROGRAMS:
        made = program_actions.add_program(
            title=key, key=key, kind=kind, provider_id=provider.pk, by=by, at=seeding.at, **fields
        )
        for day in (date(2012, 8, 25), date(2012, 9, 22)) if kind == "class" else ():
            program_actions.open_offering(
                program_id=made.pk, starts_on=day, ends_on=day, seats=18, place="A hall", by=by, at=seeding.at
            )
    for number in range(len(AHEAD) + len(BEFORE)):
        youth = make_youth(coordinator, legal_name=f"Invented {number}", entered_on=date(2010, 9, 1))
        with within(coordinator):
            Guardian.objects.create(
                **of_youth(youth), name="Invented Adult", relation="parent", invented=True
            )
    return seeding


def test_it_is_made_once_by_the_rules_and_marked(
    seeded: SeedContext, coordinator: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "schoolward.domains.cases.seed.academies"
    monkeypatch.setattr(f"{where}.IN_A_COHORT", 6)
    monkeypatch.setattr(f"{where}.operating_campuses", lambda _day: Campus.objects)
    said = program_work_rows(seeded)
    assert program_work_rows(seeded) == "already there"
    assert said.startswith("34 seats"), said
    with within(seeded.by):
        states = Counter(ClassSeat.objects.values_list("state", flat=True))
        assert states == Counter(AHEAD) + Counter(BEFORE)
        for model in (ClassSeat, SeatDuty, MonthlyTrack, Referral, AcademyMember, ServiceHours):
            assert model.objects.exists(), model
            assert not model.objects.filter(invented=False).exists(), model
        assert AcademyCohort.objects.count() == 5
    rows = seats.class_days(coordinator, seeded.today)
    days = {row.offering.starts_on: (row.taken, row.waiting) for row in rows}
    assert days[date(2012, 9, 22)] == (18, 2)
    assert seats.due_duties(coordinator, seeded.today)
    assert outreach.cohort_table(coordinator).is_invented
    assert academies.completion_table(coordinator, seeded.today).is_invented
