"""A version of a rule begins within a year, and is taken back as long as it is not in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from schoolward.domains.programs import actions
from schoolward.domains.programs.models import EligibilityRule, Program
from schoolward.platform.access.models import Membership
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
TODAY = date(2012, 9, 6)


@pytest.fixture
def lead(by: Viewer) -> Viewer:
    """Whoever runs programs."""
    return by


@pytest.fixture
def club(membership: Callable[..., Membership], lead: Viewer, at: datetime) -> Program:
    """A team."""
    provider = actions.add_provider(
        name="The League", agency_id=membership("provider", "community").agency_id, by=lead, at=at
    )
    return actions.add_program(
        title="Running Club", kind="team", provider_id=provider.pk, starts_on=date(2011, 9, 1), by=lead, at=at
    )


def write(club: Program, day: date, lead: Viewer, at: datetime, text: str = "Is 8 to 13 years old.") -> Any:
    """The next version."""
    return actions.write_rule(program_id=club.pk, text=text, source="Manual", valid_from=day, by=lead, at=at)


@pytest.mark.parametrize("day", [date(2150, 10, 1), TODAY + timedelta(days=367)])
def test_a_version_far_ahead_is_refused(club: Program, lead: Viewer, at: datetime, day: date) -> None:
    with pytest.raises(actions.ProgramRefused, match="within a year") as refused:
        write(club, day, lead, at)
    assert refused.value.field == "valid_from"


def test_what_is_not_in_force_yet_is_taken_back_and_the_one_before_goes_on(
    club: Program, lead: Viewer, at: datetime
) -> None:
    first = write(club, TODAY, lead, at)
    ahead = write(club, TODAY + timedelta(days=100), lead, at, text="Is 9 to 12 years old.")
    first.refresh_from_db()
    assert first.valid_to == TODAY + timedelta(days=99)
    actions.take_back_rule(rule_id=ahead.pk, by=lead, at=at)
    first.refresh_from_db()
    assert first.valid_to is None
    assert EligibilityRule.objects.get() == first
    assert write(club, TODAY + timedelta(days=1), lead, at, text="Is 9 to 12 years old.").version == 2


def test_what_is_in_force_or_was_contested_stays(club: Program, lead: Viewer, at: datetime) -> None:
    held = write(club, TODAY, lead, at)
    with pytest.raises(actions.ProgramRefused, match="in force since"):
        actions.take_back_rule(rule_id=held.pk, by=lead, at=at)
    ahead = write(club, TODAY + timedelta(days=9), lead, at, text="Is 9 to 12 years old.")
    actions.contest_rule(rule_id=ahead.pk, ground="unclear", argument="Who counts as nine?", by=lead, at=at)
    with pytest.raises(actions.ProgramRefused, match="contested"):
        actions.take_back_rule(rule_id=ahead.pk, by=lead, at=at)


def test_taking_back_over_http(
    club: Program, lead: Viewer, at: datetime, client_of: Callable[..., Client]
) -> None:
    now = timezone.now()  # by which pages and API judge
    held = write(club, TODAY, lead, at)
    ahead = write(club, now.date() + timedelta(days=9), lead, now, text="Is 9 to 12 years old.")
    client = client_of("lead")
    refused = client.post(f"/api/v1/programs/rules/{held.pk}/take-back")
    assert (refused.status_code, "in force since" in refused.content.decode()) == (422, True)
    assert (
        client_of("provider", "community").post(f"/api/v1/programs/rules/{ahead.pk}/take-back").status_code
        == 403
    )
    done = client.post(f"/api/v1/programs/rules/{ahead.pk}/take-back")
    assert (done.status_code, done.json()["rule"]["version"]) == (200, held.version)
    assert client.post(f"/api/v1/programs/rules/{ahead.pk}/take-back").status_code == 404
    assert EligibilityRule.objects.get() == held
