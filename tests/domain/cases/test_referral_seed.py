"""The demonstration's referrals: nobody came to more sessions than the offering held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from schoolward.domains.cases.models import Service
from schoolward.domains.cases.seed.referrals import referrals
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Cohort, Session
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.demo.registry import SeedContext

TODAY = date(2012, 9, 6)


@pytest.fixture
def offered(membership: Callable[..., Membership], by: Viewer, seeding: SeedContext) -> None:
    """Two programs: one with an offering a season in two groups, one with a plan of four sessions."""
    roles = (("program_coordinator", "district"), ("site_lead", "district"), ("trustee", "district"))
    for role, agency in (*roles, ("provider", "community"), ("lead", "police")):
        held = membership(role, agency)
        Account.objects.filter(pk=held.account_id).update(is_demonstration=True)
    agency_id = membership("provider", "community").agency_id
    provider = program_actions.add_provider(name="The Office", agency_id=agency_id, by=by, at=seeding.at)
    for key in ("season", "short"):
        program = program_actions.add_program(
            title=key, key=key, kind="team", provider_id=provider.pk, by=by, at=seeding.at
        )
        if key == "short":
            program.plans.create(valid_from=date(2010, 1, 1), sessions=4, minutes=45, source="Manual")
        for number in range(1, 13):
            starts = date(2010, 8, 1) + timedelta(days=70 * (number - 1))
            offering = program.offerings.create(
                number=number, starts_on=starts, ends_on=starts + timedelta(days=60), place="A hall"
            )
            for group in (1, 2):
                cohort = Cohort.objects.create(offering=offering, number=group)
                _meetings(cohort, starts)


def _meetings(cohort: Cohort, starts: date) -> None:
    """Eight weekly sessions, every fourth of them cancelled; those ahead are planned."""
    for week in range(8):
        on = starts + timedelta(days=7 * week)
        state = "planned" if on > TODAY else "cancelled" if week % 4 == 3 else "held"
        Session.objects.create(
            offering=cohort.offering,
            cohort=cohort,
            number=week + 1 + 8 * (cohort.number - 1),
            on=on,
            minutes_planned=45,
            state=state,
            cancel_reason="staff" if state == "cancelled" else "",
            minutes_held=45 if state == "held" else None,
            attended=12 if state == "held" else None,
        )


@pytest.mark.django_db
def test_nobody_comes_to_more_than_one_group_held(offered: None, seeding: SeedContext) -> None:
    referrals(seeding)
    with within(seeding.by):
        services = list(Service.objects.select_related("referral", "offering__program"))
    assert len(services) > 10
    for service in services:
        started = service.referral.started_on
        assert started is not None
        last = service.referral.ended_on or seeding.today
        met = Session.objects.filter(offering=service.offering, cohort__number=1, on__gte=started)
        assert service.planned <= met.exclude(state="cancelled").count()
        assert service.attended <= met.filter(state="held", on__lte=last).count()
        if service.offering.program.key == "short":
            assert service.planned <= 4
        assert met.filter(on__lte=last).exists(), "nobody is planned for what met before or after their time"
    out = [service for service in services if service.referral.state == "completed"]
    assert sum(one.attended for one in out) >= sum(one.planned for one in out) / 2
