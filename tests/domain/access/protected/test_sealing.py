"""Orders to seal, the clock, and that a sealed record is nowhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from domain.access.protected.comparing import Stage
from domain.access.protected.oracle import Someone
from domain.access.protected.ward import Ward
from schoolward.platform.access import consenting, disclosing, sealing
from schoolward.platform.access.models import Agency, Consent, Sealing
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.sealed_events import marked, shown_detail, shown_subject
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

DUE = date(2012, 10, 1)


def officer_of_privacy(stage: Stage, agency: str = "district") -> Viewer:
    """By the lead's membership, acting as privacy officer."""
    viewer = stage.viewer(Someone("lead", agency, "records", None, f"lead@{agency}"))
    from dataclasses import replace

    return replace(viewer, role="privacy_officer")


@pytest.fixture
def consent(stage: Stage, at: datetime) -> Consent:
    scope = consenting.Scope(
        subject="access.Ward:77",
        recipient=Agency.objects.get(pk=stage.agencies["police"]),
        category="health",
        purpose="records",
        given_by="parent",
        valid_from=date(2012, 9, 1),
        valid_to=date(2013, 8, 31),
    )
    return consenting.record_consent(scope=scope, by=officer_of_privacy(stage), at=at)


def order(consent: Consent, by: Viewer, at: datetime, **change: str) -> Sealing:
    asked = {"record_name": f"access.Consent:{consent.pk}", "ground": "wic_786_5", "reason": "Order 12-1"}
    return sealing.order(**{**asked, **change}, due_on=DUE, by=by, at=at)  # type: ignore[arg-type]


def test_a_sealed_record_is_nowhere(consent: Consent, stage: Stage, at: datetime) -> None:
    by = officer_of_privacy(stage)
    disclosing.read(Consent.objects.order_by("pk"), by)
    asked = order(consent, by, at)
    with within(by):
        assert list(consenting.consents(by)) == [consent]
    sealing.seal(sealing_id=asked.pk, by=by, at=at)
    system = Viewer.system(at=at)
    for viewer in (by, system):
        with within(viewer):
            assert not visible(Consent.including_sealed.all(), viewer).exists()
            assert Consent.objects.count() == 0
            assert not Consent.objects.filter(pk=consent.pk).exists()
    with pytest.raises(Refusal, match="keeps nothing of this reference"):  # as of nobody at all
        disclosing.disclosures("access.Ward:77", by=system)
    with within(by), connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM access_consent")
        assert cursor.fetchone()[0] == (0 if connection.vendor == "postgresql" else 1)


@pytest.mark.parametrize("day", [date(1850, 1, 1), date(9999, 12, 31)])
def test_no_order_is_due_on_a_day_that_nobody_means(
    consent: Consent, stage: Stage, at: datetime, day: date
) -> None:
    asked = {"record_name": f"access.Consent:{consent.pk}", "ground": "wic_786_5", "reason": "Order 12-1"}
    with pytest.raises(Refusal, match="within 30 years") as refused:
        sealing.order(**asked, due_on=day, by=officer_of_privacy(stage), at=at)
    assert refused.value.field == "due_on"


def test_the_audit_tells_only_that_something_sealed_was_asked_for(
    consent: Consent, stage: Stage, at: datetime
) -> None:
    by = officer_of_privacy(stage)
    disclosing.read(Consent.objects.order_by("pk"), by)
    before = list(marked(Event.objects.order_by("sequence")))
    assert not any(event.is_sealed for event in before)  # type: ignore[attr-defined]
    sealing.seal(sealing_id=order(consent, by, at).pk, by=by, at=at)
    events = list(marked(Event.objects.order_by("sequence")))
    told = [event for event in events if event.is_sealed]  # type: ignore[attr-defined]
    assert [event.action for event in told] == ["access.consent_recorded", "record.read"]
    for event in told:
        assert (shown_subject(event), shown_detail(event)) == ("a sealed record", {})
    shown = " ".join(f"{shown_subject(event)} {shown_detail(event)}" for event in events)
    assert "access.Ward:77" not in shown
    assert f"access.Consent:{consent.pk}" not in shown


def test_orders_have_a_clock_and_are_carried_out_once(consent: Consent, stage: Stage, at: datetime) -> None:
    by = officer_of_privacy(stage)
    asked = order(consent, by, at)
    assert (asked.due_on, list(sealing.waiting(by))) == (DUE, [asked])
    with pytest.raises(Refusal, match="under way"):
        order(consent, by, at)
    sealing.seal(sealing_id=asked.pk, by=by, at=at + timedelta(days=1))
    assert list(sealing.waiting(by)) == []
    with pytest.raises(Refusal, match="sealed already"):
        sealing.seal(sealing_id=asked.pk, by=by, at=at)
    assert sealing.sealed_among([asked.record, "access.Ward:1"]) == {asked.record}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"record_name": "access.Consent:9999"}, "record_name"),
        ({"record_name": "access.Agency:1"}, "record"),
        ({"record_name": "nonsense"}, "record"),
        ({"ground": "because"}, "ground"),
        ({"reason": "  "}, "reason"),
        ({"reason": "FBI number 123456AB7"}, "reason"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    change: dict[str, str], field: str, consent: Consent, stage: Stage, at: datetime
) -> None:
    with pytest.raises(Refusal) as refused:
        order(consent, officer_of_privacy(stage), at, **change)
    assert refused.value.field == field
    assert not Sealing.objects.exists()


def test_another_agencys_record_looks_like_none(consent: Consent, stage: Stage, at: datetime) -> None:
    stranger = officer_of_privacy(stage, "police")
    with pytest.raises(Refusal, match="no such record"):
        order(consent, stranger, at)
    asked = order(consent, officer_of_privacy(stage), at)
    assert list(sealing.sealings(stranger)) == []
    with pytest.raises(Sealing.DoesNotExist):
        sealing.seal(sealing_id=asked.pk, by=stranger, at=at)
    with pytest.raises(AccessDenied):
        sealing.sealings(stage.viewer(Someone("provider", "partner", "records", None, "provider@partner")))


def test_any_protected_table_can_be_sealed(stage: Stage, at: datetime) -> None:
    """A ward by its reference: the hook is the base class alone."""
    system = Viewer.system(at=at)
    number = next(n for n, row in stage.rows.items() if not row.sealed)
    asked = sealing.order(
        record_name=f"access.Ward:{number}",
        ground="court_order",
        reason="Order",
        due_on=DUE,
        by=system,
        at=at,
    )
    sealing.seal(sealing_id=asked.pk, by=system, at=at)
    with within(system):
        assert not Ward.objects.filter(pk=number).exists()
