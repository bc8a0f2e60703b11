"""In the demonstration, whose day stands still, what somebody writes holds for whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.models import Referral, Youth
from schoolward.domains.cases.relations import DELIVERED
from schoolward.domains.programs.models import Program
from schoolward.platform.access import breaking_glass, sharing
from schoolward.platform.access.consenting import Scope, record_consent
from schoolward.platform.access.models import Consent, Emergency
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.demo import clock

LONG_AFTER = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
AGREED = [f"cases.Referral.{name}" for name in sorted(DELIVERED)]


@pytest.fixture(autouse=True)
def standing(settings: LazySettings) -> None:
    """The demonstration, run fourteen years after its day."""
    settings.DEMO = True


@pytest.fixture
def at() -> datetime:
    """What the clock on the wall says."""
    return LONG_AFTER


def test_a_consent_of_the_pages_day_opens_the_referral_to_the_provider(
    referral: Referral, coordinator: Viewer, person: Callable[..., Viewer], agreement: Callable[..., Any]
) -> None:
    agreed = agreement("district", "community", AGREED)
    provider = person("provider", "community")
    moment, day = clock.now(LONG_AFTER), clock.today(LONG_AFTER)
    who: dict[str, Any] = {"referral_id": referral.pk, "by": coordinator, "at": moment}
    actions.log_contact(way="call", minutes=5, reached=True, **who)

    assert queries.seen_referral(provider, referral.pk) is None
    given = actions.consent(
        given_by="parent", valid_from=day, valid_to=day + timedelta(days=364), on=day, **who
    )

    assert given.state(LONG_AFTER) == "holds"
    assert sharing.state(agreed, LONG_AFTER) == "live"
    assert queries.seen_referral(provider, referral.pk) is not None


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "state"),
    [
        (date(2012, 9, 6), date(2013, 9, 5), "holds"),
        (date(2012, 9, 7), date(2013, 9, 5), "begins"),
        (date(2011, 9, 6), date(2012, 9, 5), "ended"),
        (date(2013, 9, 1), date(2014, 8, 31), "begins"),
    ],
)
def test_a_consent_is_judged_by_the_day_of_the_pages(
    youth: Youth, program: Program, coordinator: Viewer, valid_from: date, valid_to: date, state: str
) -> None:
    given = record_consent(
        scope=Scope(
            subject=youth.subject,
            recipient=program.provider.agency,
            category="program",
            purpose="youth_program",
            given_by="parent",
            valid_from=valid_from,
            valid_to=valid_to,
        ),
        by=coordinator,
        at=LONG_AFTER,
    )
    assert given.state(LONG_AFTER) == state
    with within(coordinator):
        assert Consent.objects.live(LONG_AFTER).exists() is (state == "holds")


def test_an_emergency_is_measured_in_hours_that_pass(person: Callable[..., Viewer]) -> None:
    officer = person("school_resource_officer", "police", purpose="school_safety")
    opened = breaking_glass.break_glass(
        subject="cases.Youth:12", reason="A child is in danger now.", by=officer, at=LONG_AFTER
    )
    assert list(Emergency.objects.live(LONG_AFTER + timedelta(hours=2))) == [opened]
    assert not Emergency.objects.live(LONG_AFTER + timedelta(hours=3)).exists()


@pytest.mark.parametrize(
    ("subject", "valid_from", "valid_to", "field"),
    [
        ("cases.Youth:999", date(2012, 9, 6), date(2013, 9, 5), "subject"),
        ("", date(1850, 1, 1), date(1850, 12, 31), "valid_to"),
        ("", date(2198, 1, 1), date(2198, 12, 31), "valid_from"),
    ],
)
def test_a_consent_of_nobody_or_of_another_century_is_refused(
    youth: Youth,
    program: Program,
    coordinator: Viewer,
    subject: str,
    valid_from: date,
    valid_to: date,
    field: str,
) -> None:
    with pytest.raises(Refusal) as refused:
        record_consent(
            scope=Scope(
                subject=subject or youth.subject,
                recipient=program.provider.agency,
                category="program",
                purpose="youth_program",
                given_by="parent",
                valid_from=valid_from,
                valid_to=valid_to,
            ),
            by=coordinator,
            at=LONG_AFTER,
        )
    assert refused.value.field == field


def test_a_coordinator_records_no_consent_about_a_colleagues_child(
    youth: Youth, program: Program, person: Callable[..., Viewer]
) -> None:
    scope = Scope(
        subject=youth.subject,
        recipient=program.provider.agency,
        category="program",
        purpose="youth_program",
        given_by="parent",
        valid_from=date(2012, 9, 6),
        valid_to=date(2013, 9, 5),
    )
    with pytest.raises(Refusal, match="keep no record"):
        record_consent(scope=scope, by=person("program_coordinator", who="another"), at=LONG_AFTER)
    guard = person("privacy_officer", purpose="records")
    assert record_consent(scope=scope, by=guard, at=LONG_AFTER).subject == youth.subject
