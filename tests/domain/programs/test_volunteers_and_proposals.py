"""Whose vetting lapses is not assigned; a pilot ends by itself; a lead decides about others' ideas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.models import (
    Offering,
    ProgramState,
    Proposal,
    ProposalState,
    Provider,
    VettingKind,
    Volunteer,
)
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer


@pytest.fixture
def volunteer(league: Provider, by: Viewer, at: datetime) -> Volunteer:
    """A volunteer of the league, cleared of everything through 2012."""
    made = actions.add_volunteer(
        provider_id=league.pk, reference="spal-014", since=date(2011, 9, 1), by=by, at=at
    )
    for kind in VettingKind:
        actions.vet(
            volunteer_id=made.pk,
            kind=kind,
            cleared_on=date(2011, 9, 1),
            expires_on=date(2012, 12, 14),
            by=by,
            at=at,
        )
    return made


def _assign(volunteer: Volunteer, offering: Offering, by: Viewer, at: datetime, **days: date) -> Any:
    return actions.assign(
        volunteer_id=volunteer.pk,
        offering_id=offering.pk,
        starts_on=days.get("starts_on", offering.starts_on),
        ends_on=days.get("ends_on", offering.ends_on),
        by=by,
        at=at,
    )


def test_a_cleared_volunteer_is_assigned_once(
    volunteer: Volunteer, offering: Callable[..., Offering], by: Viewer, at: datetime
) -> None:
    made = offering()
    assert _assign(volunteer, made, by, at) == _assign(volunteer, made, by, at)
    assert volunteer.assignments.count() == 1


def test_one_clearance_that_ends_a_day_early_blocks_the_assignment(
    volunteer: Volunteer, offering: Callable[..., Offering], by: Viewer, at: datetime
) -> None:
    volunteer.vettings.filter(kind="reporting").update(expires_on=date(2012, 12, 13))
    with pytest.raises(actions.ProgramRefused) as refused:
        _assign(volunteer, offering(), by, at)
    assert "Mandated-reporter training" in str(refused.value)
    assert "Fingerprints" not in str(refused.value)


@pytest.mark.parametrize(("next_from", "missing"), [(date(2012, 10, 1), 0), (date(2012, 10, 2), 1)])
def test_one_clearance_may_follow_another_without_a_gap(
    volunteer: Volunteer, next_from: date, missing: int
) -> None:
    volunteer.vettings.filter(kind="tuberculosis").update(expires_on=date(2012, 9, 30))
    volunteer.vettings.create(kind="tuberculosis", cleared_on=next_from, expires_on=date(2013, 9, 30))
    found = queries.lacking(volunteer, date(2012, 9, 1), date(2012, 12, 1))
    assert len(found) == missing


def test_a_volunteer_of_another_provider_is_not_assigned(
    volunteer: Volunteer,
    offering: Callable[..., Offering],
    person: Callable[..., Viewer],
    by: Viewer,
    at: datetime,
) -> None:
    other = actions.add_provider(
        name="Other", agency_id=person("provider", "city").agency_id or 0, by=by, at=at
    )
    volunteer.provider = other
    volunteer.save()
    with pytest.raises(actions.ProgramRefused) as refused:
        _assign(volunteer, offering(), by, at)
    assert refused.value.field == "volunteer_id"


def test_who_helps_no_more_is_taken_off(
    volunteer: Volunteer, offering: Callable[..., Offering], by: Viewer, at: datetime
) -> None:
    assignment = _assign(volunteer, offering(), by, at)
    actions.end_volunteer(volunteer_id=volunteer.pk, ended_on=date(2012, 10, 1), by=by, at=at)
    assignment.refresh_from_db()
    assert assignment.ends_on == date(2012, 10, 1)
    with pytest.raises(actions.ProgramRefused):
        _assign(volunteer, assignment.offering, by, at)


@pytest.mark.parametrize("role", ["trustee", "site_lead", "accountability", "grants_analyst"])
def test_volunteers_are_not_for_everybody(
    volunteer: Volunteer, person: Callable[..., Viewer], role: str
) -> None:
    assert not queries.volunteers(person(role)).exists()
    assert queries.volunteers(person("provider", "community")).exists()
    assert not queries.volunteers(person("provider", "city")).exists()


def _propose(league: Provider, by: Viewer, at: datetime, **changed: Any) -> Proposal:
    fields: dict[str, Any] = {
        "title": "Study hall",
        "kind": "event",
        "provider_id": league.pk,
        "need": "One ninth grader in five failed a course.",
        "audience": "Ninth graders",
        "evidence": "None was found.",
        "cost_cents": 640_000,
        "pilot_starts": date(2012, 10, 6),
        "pilot_ends": date(2013, 3, 30),
        "measure_key": "initiatives.open",
        "target": Decimal(90),
        "stop_rule": "Fewer than ten come on three Saturdays.",
    }
    return actions.propose(by=by, at=at, **{**fields, **changed})


def test_a_pilot_becomes_a_program_that_ends_by_itself(
    league: Provider, person: Callable[..., Viewer], at: datetime
) -> None:
    proposed = _propose(league, person("provider", "community"), at)
    lead = person("lead")
    decided = actions.decide(
        proposal_id=proposed.pk, decision="pilot", reason="Cheap to try.", by=lead, at=at
    )
    assert decided.program is not None
    days = (date(2012, 10, 6), date(2013, 3, 30), date(2013, 3, 31))
    assert [decided.program.state_on(day) for day in days] == [
        ProgramState.PILOT,
        ProgramState.PILOT,
        ProgramState.ENDED,
    ]
    assert [decided.state_on(day) for day in days] == [
        ProposalState.PILOT,
        ProposalState.PILOT,
        ProposalState.OVER,
    ]
    adopted = actions.end_pilot(
        proposal_id=proposed.pk, ending="adopted", reason="The target was met.", by=lead, at=at
    )
    assert adopted.program is not None
    assert adopted.program.state_on(date(2013, 3, 31)) == ProgramState.RUNNING


def test_a_stopped_pilot_is_over(league: Provider, person: Callable[..., Viewer], at: datetime) -> None:
    proposed = _propose(league, person("provider", "community"), at, pilot_starts=date(2012, 9, 1))
    actions.decide(proposal_id=proposed.pk, decision="pilot", reason="Try.", by=person("lead"), at=at)
    stopped = actions.end_pilot(
        proposal_id=proposed.pk, ending="stopped", reason="Nobody came.", by=person("lead"), at=at
    )
    assert stopped.program is not None
    assert stopped.program.state_on(date(2012, 9, 6)) == ProgramState.ENDED


def test_nobody_decides_about_their_own_idea(
    league: Provider, person: Callable[..., Viewer], at: datetime
) -> None:
    lead = person("lead")
    proposed = _propose(league, lead, at)
    with pytest.raises(actions.ProgramRefused):
        actions.decide(proposal_id=proposed.pk, decision="pilot", reason="Mine.", by=lead, at=at)
    with pytest.raises(AccessDenied):
        actions.decide(
            proposal_id=proposed.pk,
            decision="pilot",
            reason="Fine.",
            by=person("program_coordinator"),
            at=at,
        )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"measure_key": "programs.happiness"}, "measure_key"),
        ({"pilot_ends": date(2012, 10, 1)}, "pilot_ends"),
        ({"pilot_ends": date(2015, 10, 1)}, "pilot_ends"),
        ({"need": " "}, "need"),
        ({"evidence": ""}, "evidence"),
        ({"stop_rule": ""}, "stop_rule"),
        ({"provider_id": 99_999}, "provider_id"),
    ],
)
def test_a_proposal_is_whole(
    league: Provider, by: Viewer, at: datetime, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(actions.ProgramRefused) as refused:
        _propose(league, by, at, **changed)
    assert refused.value.field == field
