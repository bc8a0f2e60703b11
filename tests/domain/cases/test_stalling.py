"""A referral that waits is told of in each period, to more people as it ages, and each time once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from domain.cases.conftest import booking
from schoolward.domains.cases import actions
from schoolward.domains.cases.states import STALLED, goes_to_leads, stall_step
from schoolward.domains.cases.tasks import tell_of_stalled_referrals
from schoolward.platform.access.models import Membership
from schoolward.platform.access.viewer import Viewer

DUE = date(2012, 9, 6)
"""Five days after the referral of the first."""


@pytest.fixture(autouse=True)
def mailed(settings: LazySettings) -> None:
    """There is a mail server."""
    settings.MAIL_IS_SENT = True


def run(days_late: int) -> list[str]:
    """Run the job so many days after the day of the next step; to whom letters went, in order."""
    mail.outbox.clear()
    noon = datetime.combine(DUE + timedelta(days=days_late), datetime.min.time().replace(hour=12))
    at = timezone.make_aware(noon)
    told: Any = tell_of_stalled_referrals.func(SimpleNamespace(at=at), period=str(at.date()))
    assert told["letters"] == len(mail.outbox)
    return sorted(letter.to[0] for letter in mail.outbox)


@pytest.fixture
def untaken(principal: Viewer, membership: Callable[..., Membership], at: datetime) -> None:
    """A referral of the first of the month that nobody has taken."""
    for who in ("first", "second"):
        membership("program_coordinator", who=who)
    membership("lead")
    membership("program_coordinator", "community")
    actions.refer(booking=booking(), on=date(2012, 9, 1), by=principal, at=at)


FIRST, SECOND, LEAD = (
    "first.program_coordinator.district@example.org",
    "second.program_coordinator.district@example.org",
    "the.lead.district@example.org",
)


def test_what_nobody_took_is_told_to_all_coordinators_and_goes_on_to_the_lead(untaken: None) -> None:
    assert run(0) == []
    assert run(1) == [FIRST, SECOND]
    assert run(2) == []
    assert run(8) == [FIRST, SECOND]
    assert run(9) == []
    assert run(15) == [FIRST, SECOND, LEAD]
    assert run(21) == []
    assert run(22) == [FIRST, SECOND, LEAD]
    assert all("Invented" not in letter.body + letter.subject for letter in mail.outbox)


def test_a_job_that_was_away_tells_once(untaken: None) -> None:
    assert run(40) == [FIRST, SECOND, LEAD]
    assert run(40) == []
    assert run(43) == [FIRST, SECOND, LEAD]  # the next of its periods


def test_whose_coordinator_has_left_is_everybodys(
    untaken: None,
    principal: Viewer,
    coordinator: Viewer,
    at: datetime,
) -> None:
    made = actions.refer(
        booking=booking(legal_name="Another Person", local_number=""),
        on=date(2012, 9, 1),
        by=principal,
        at=at,
    )
    actions.take(referral_id=made.pk, by=coordinator, at=at)
    own = "the.program_coordinator.district@example.org"
    assert run(1) == [FIRST, SECOND, own]
    assert "1 referral " in next(letter.body for letter in mail.outbox if letter.to == [FIRST])
    Membership.objects.filter(pk=coordinator.membership_id).update(valid_to=DUE)
    assert run(8) == [FIRST, SECOND]
    assert all("2 referrals " in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("days", range(60))
def test_the_steps_only_rise_and_the_lead_stays_told(days: int) -> None:
    assert stall_step(days) <= stall_step(days + 1) <= stall_step(days) + 1
    assert goes_to_leads(stall_step(days)) is (days >= STALLED[-1][0])
